-- What every claim of a log is worth, told anew from the raw events alone: nothing here comes from the evaluator, from a read
-- model or from a claim's own figures. Of claims it takes who claimed, in which round, and when it was proposed or withdrawn; of
-- rounds their scale. `simulate.break` names one rule that is left out, so that the comparison can be seen to fail.
--
-- It knows what the simulation does: orders between two enterprises, deliveries answered by the lead, invoices that stand on one
-- order, payments by any means. It does not know divided invoices (对账单), subsidiaries, or deliveries accepted by an office.

CREATE FUNCTION pg_temp.holds(rule text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT current_setting('simulate.break', true) IS DISTINCT FROM rule $$;

CREATE FUNCTION pg_temp.day_of(instant text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_char(instant::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') $$;

CREATE TEMP TABLE event AS
  SELECT position, split_part(stream, '-', 1) AS category, substr(stream, strpos(stream, '-') + 1) AS key, revision, type,
         data::jsonb AS data, metadata::jsonb ->> 'recordedAt' AS at
    FROM event_store.events
   WHERE split_part(stream, '-', 1) IN ('order', 'evidence', 'enterprise', 'leadlist', 'match', 'round', 'claim', 'policy');
CREATE INDEX ON event (type);

-- As the texts of 2020 and the revision that the simulation publishes have them.
CREATE TEMP TABLE policy (
  scheme text, version text, beneficiary text, window_from text, window_to text, period_from text, period_to text,
  since text, output_least numeric, fee_least numeric, sales_rate numeric, output_rate numeric, fee_rate numeric,
  bases text, vat text, cap numeric, places int
);
INSERT INTO policy VALUES
  ('cluster-lead', '2020', 'lead', '2020-01-23', '2020-12-31', '2020-01-23', '2020-12-31', '2019-01-01',
   NULL, NULL, 0.01, NULL, NULL, NULL, 'net', 1000000, 0),
  ('cluster-sme', '2020', 'sme', '2020-01-01', '2020-12-31', '2020-01-01', '2020-12-31', NULL,
   5000000, 2000000, NULL, 0.01, 0.025, 'larger', 'net', 200000, 0),
  ('cluster-sme', '2020-revised', 'sme', '2020-01-01', '2020-12-31', '2020-01-01', '2020-12-31', NULL,
   3000000, 1000000, NULL, 0.012, 0.03, 'sum', 'gross', 300000, 2);

-- Firms: facts by the day from which they hold, lists, holders.

CREATE TEMP TABLE firm_fact AS
  SELECT event.key AS firm, data ->> 'from' AS since, told.kind, told.value, at, position
    FROM event, jsonb_each(data -> 'facts') AS told(kind, value)
   WHERE category = 'enterprise' AND type IN ('RegistrationApplied', 'FactsRecorded');
CREATE INDEX ON firm_fact (firm, kind);

CREATE FUNCTION pg_temp.fact_on(of_firm text, of_kind text, day text, known text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT value FROM firm_fact WHERE firm = of_firm AND kind = of_kind AND since <= day AND at <= known
   ORDER BY since DESC, position DESC LIMIT 1
$$;

CREATE TEMP TABLE listed_firm AS
  SELECT drafted.key AS list, drafted.data #>> '{head,from}' AS since, drafted.data #>> '{head,to}' AS until,
         published.data ->> 'publishedOn' AS published_on, published.at AS published_at, item ->> 'enterprise' AS firm
    FROM event drafted JOIN event published ON published.key = drafted.key AND published.type = 'LeadListPublished',
         jsonb_array_elements(drafted.data -> 'firms') AS told(item)
   WHERE drafted.type = 'LeadListDrafted';
CREATE TEMP TABLE list_exit AS
  SELECT key AS list, data ->> 'enterprise' AS firm, data ->> 'on' AS leaves_on, data ->> 'announcedOn' AS announced_on, at
    FROM event WHERE type = 'LeadFirmExited';

CREATE FUNCTION pg_temp.on_list(of_firm text, day text, known text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM listed_firm l WHERE l.firm = of_firm AND day BETWEEN l.since AND l.until
       AND l.published_at <= known AND l.published_on <= pg_temp.day_of(known)
       AND NOT EXISTS (
         SELECT FROM list_exit x WHERE x.list = l.list AND x.firm = l.firm AND x.leaves_on <= day AND x.at <= known
            AND x.announced_on <= pg_temp.day_of(known)))
$$;

-- Industry alone is simulated: large from 1,000 persons and 400 million yuan on.
CREATE FUNCTION pg_temp.is_sme(of_firm text, day text, known text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT (pg_temp.fact_on(of_firm, 'staff', day, known)::numeric >= 1000
          AND (pg_temp.fact_on(of_firm, 'revenue', day, known) #>> '{}')::numeric >= 400000000)
$$;

-- The largest direct holders of a day; several where they tie.
CREATE FUNCTION pg_temp.largest(of_firm text, day text, known text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT holder FROM (
    SELECT item ->> 'holder' AS holder, (item ->> 'share')::numeric AS share,
           max((item ->> 'share')::numeric) OVER () AS most
      FROM jsonb_array_elements(pg_temp.fact_on(of_firm, 'holders', day, known)) AS told(item)) held
   WHERE share = most AND share > 0
$$;
CREATE FUNCTION pg_temp.related(one text, other text, day text, known text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM pg_temp.largest(one, day, known) a JOIN pg_temp.largest(other, day, known) b ON a = b)
      OR one IN (SELECT pg_temp.largest(other, day, known))
      OR other IN (SELECT pg_temp.largest(one, day, known))
$$;

-- Orders: a fact counts from the event by which the other side, or an office, said so.

CREATE TEMP TABLE counted_fact AS
  SELECT key AS order_id, data ->> 'fact' AS fact, min(at) AS at
    FROM event
   WHERE category = 'order'
     AND (type = 'OrderFactConfirmed' OR type = 'OrderFactDecided' AND data ->> 'decision' = 'accepted')
   GROUP BY 1, 2;
CREATE UNIQUE INDEX ON counted_fact (order_id, fact);

CREATE TEMP TABLE opened AS
  SELECT o.key AS order_id, o.data #>> '{lead,enterprise}' AS lead, o.data #>> '{lead,registration}' AS lead_registration,
         o.data #>> '{supplier,enterprise}' AS supplier, o.data #>> '{supplier,registration}' AS supplier_registration,
         o.data ->> 'supplyMode' AS kind, (o.data ->> 'vatRate')::numeric AS vat_rate,
         o.data #>> '{contract,signedOn}' AS signed_on, pg_temp.day_of(o.at) AS opened_on,
         CASE o.data #>> '{origin,kind}' WHEN 'award' THEN o.at ELSE f.at END AS agreed_at
    FROM event o LEFT JOIN counted_fact f ON f.order_id = o.key AND f.fact = o.data #>> '{origin,fact}'
   WHERE o.type = 'OrderOpened';
CREATE INDEX ON opened (lead);
CREATE INDEX ON opened (supplier);
CREATE UNIQUE INDEX ON opened (order_id);

CREATE TEMP TABLE order_listing AS
  SELECT DISTINCT key AS order_id, item ->> 'listing' AS listing
    FROM event, jsonb_array_elements(data -> 'lines') AS told(item)
   WHERE type IN ('OrderOpened', 'OrderLinesAdded') AND item ? 'listing';
CREATE INDEX ON order_listing (order_id);

CREATE TEMP TABLE untrue AS
  SELECT opened.data ->> 'listing' AS listing, opened.data #>> '{supplier,registration}' AS registration, c.at
    FROM event c JOIN event opened ON opened.key = c.key AND opened.type = 'CheckOpened'
     AND opened.data ->> 'check' = c.data ->> 'check'
   WHERE c.type = 'CheckConcluded' AND c.data ->> 'result' = 'untrue';

CREATE TEMP TABLE contract AS
  SELECT c.key AS order_id, c.data #>> '{contract,signedOn}' AS signed_on, f.at
    FROM event c JOIN counted_fact f ON f.order_id = c.key AND f.fact = c.data ->> 'fact'
   WHERE c.type = 'ContractEntered';
CREATE INDEX ON contract (order_id);

CREATE TEMP TABLE price AS
  SELECT key AS order_id, item ->> 'line' AS line, revision, (item ->> 'unitPrice')::numeric AS price
    FROM event, jsonb_array_elements(data -> 'lines') AS told(item)
   WHERE category = 'order' AND type IN ('OrderOpened', 'OrderLinesAdded', 'OrderChanged') AND item ? 'unitPrice';
CREATE INDEX ON price (order_id, line);

CREATE TEMP TABLE delivered_line AS
  SELECT d.key AS order_id, d.data ->> 'fact' AS fact, d.data ->> 'deliveredOn' AS day, item ->> 'line' AS line,
         (SELECT p.price FROM price p WHERE p.order_id = d.key AND p.line = item ->> 'line' AND p.revision < d.revision
           ORDER BY p.revision DESC LIMIT 1) AS price
    FROM event d, jsonb_array_elements(d.data -> 'lines') AS told(item)
   WHERE d.type = 'DeliveryEntered';
CREATE INDEX ON delivered_line (order_id, fact);
CREATE TEMP TABLE accepted_line AS
  SELECT key AS order_id, data ->> 'fact' AS fact, item ->> 'line' AS line, (item ->> 'accepted')::numeric AS quantity, at
    FROM event, jsonb_array_elements(data -> 'lines') AS told(item)
   WHERE type = 'DeliveryAccepted';
CREATE INDEX ON accepted_line (order_id, fact);
CREATE TEMP TABLE returned_line AS
  SELECT r.key AS order_id, r.data ->> 'returnedOn' AS day, d.price, (item ->> 'quantity')::numeric AS quantity, f.at
    FROM event r JOIN counted_fact f ON f.order_id = r.key AND f.fact = r.data ->> 'fact',
         jsonb_array_elements(r.data -> 'lines') AS told(item),
         LATERAL (SELECT price FROM delivered_line d WHERE d.order_id = r.key AND d.fact = r.data ->> 'delivery'
                     AND d.line = item ->> 'line') d
   WHERE r.type = 'ReturnEntered';
CREATE INDEX ON returned_line (order_id);

CREATE TEMP TABLE invoice AS
  SELECT i.key AS order_id, i.data ->> 'number' AS number, i.data ->> 'invoicedOn' AS day, i.data ->> 'redOf' AS red_of,
         (i.data ->> 'net')::numeric AS net, f.at
    FROM event i JOIN counted_fact f ON f.order_id = i.key AND f.fact = i.data ->> 'fact'
   WHERE i.type = 'InvoiceEntered';
CREATE INDEX ON invoice (order_id);
-- An office's look at an invoice; a firm's own decides nothing.
CREATE TEMP TABLE looked AS
  SELECT key AS number, data ->> 'state' AS state, at, position FROM event
   WHERE type = 'InvoiceChecked' AND NOT data -> 'by' ? 'side';
CREATE INDEX ON looked (number);
CREATE TEMP TABLE payment AS
  SELECT p.key AS order_id, p.data ->> 'paidOn' AS day, (p.data ->> 'gross')::numeric AS gross, f.at
    FROM event p JOIN counted_fact f ON f.order_id = p.key AND f.fact = p.data ->> 'fact'
   WHERE p.type = 'PaymentEntered';
CREATE INDEX ON payment (order_id);
ANALYZE;

-- The award of one firm, as known at an instant, and the invoices that it rests on. `used`: invoices that other claims have
-- used up; `cap_used`: of the same scheme and round; `proposed`: those that alone may count, once a claim was proposed.
CREATE FUNCTION pg_temp.worth(
  of_scheme text, of_version text, firm text, known text, leaves_void boolean, used text[], cap_used numeric, proposed text[],
  OUT award numeric, OUT invoices text[]
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  p policy;
  today text := pg_temp.day_of(known);
  sales numeric; output numeric; fee numeric; by_output numeric; by_fee numeric;
BEGIN
  SELECT * INTO STRICT p FROM policy WHERE scheme = of_scheme AND version = of_version;

  WITH mine AS MATERIALIZED (
    SELECT o.*, coalesce(c.signed_on, o.signed_on, o.opened_on) AS contract_on
      FROM opened o
      LEFT JOIN LATERAL (SELECT x.signed_on FROM contract x WHERE x.order_id = o.order_id AND x.at <= known
                          ORDER BY x.at DESC LIMIT 1) c ON true
     WHERE (p.beneficiary = 'lead' AND o.lead = firm OR p.beneficiary = 'sme' AND o.supplier = firm)
       AND o.agreed_at <= known
       AND NOT EXISTS (SELECT FROM order_listing l JOIN untrue u USING (listing)
                        WHERE l.order_id = o.order_id AND u.registration = o.supplier_registration AND u.at <= known)
  ), seen_before AS (
    -- Pairs that are known to each other from before the window.
    SELECT m.lead, m.supplier FROM mine m WHERE m.contract_on BETWEEN p.since AND to_char(p.window_from::date - 1, 'YYYY-MM-DD')
    UNION
    SELECT m.lead, m.supplier FROM mine m JOIN delivered_line d USING (order_id)
     WHERE d.day BETWEEN p.since AND to_char(p.window_from::date - 1, 'YYYY-MM-DD')
       AND EXISTS (SELECT FROM accepted_line a WHERE a.order_id = d.order_id AND a.fact = d.fact AND a.quantity > 0 AND a.at <= known)
    UNION
    SELECT m.lead, m.supplier FROM mine m JOIN payment y USING (order_id)
     WHERE y.day BETWEEN p.since AND to_char(p.window_from::date - 1, 'YYYY-MM-DD') AND y.at <= known
  ), eligible AS MATERIALIZED (
    SELECT m.* FROM mine m
     WHERE m.contract_on <= today
       AND (NOT pg_temp.holds('window') OR m.contract_on BETWEEN p.window_from AND p.window_to)
       AND (NOT pg_temp.holds('list') OR pg_temp.on_list(m.lead, m.contract_on, known))
       AND pg_temp.fact_on(m.supplier, 'registeredAddress', today, known) ->> 'area' ~ '^(3505\d\d|zone:(quanzhou-kaifaqu|taishang))$'
       AND (p.beneficiary = 'lead' OR pg_temp.is_sme(m.supplier, m.contract_on, known))
       AND (NOT pg_temp.holds('related') OR NOT pg_temp.related(m.lead, m.supplier, m.contract_on, known))
       AND (p.since IS NULL OR (m.lead, m.supplier) NOT IN (SELECT s.lead, s.supplier FROM seen_before s))
  ), ceiling AS (
    SELECT m.order_id, m.vat_rate,
           greatest(0, least(
             (SELECT coalesce(sum(CASE p.vat WHEN 'net' THEN net ELSE round(net * (1 + m.vat_rate), 2) END), 0) FROM (
                SELECT sum(line_net) AS net FROM (
                  SELECT d.fact, round(sum(a.quantity) * d.price, 2) AS line_net
                    FROM delivered_line d JOIN accepted_line a USING (order_id, fact, line)
                   WHERE d.order_id = m.order_id AND d.day <= today AND a.at <= known
                   GROUP BY d.fact, d.line, d.price) AS by_line GROUP BY fact
                UNION ALL
                SELECT -round(r.quantity * r.price, 2) FROM returned_line r
                 WHERE r.order_id = m.order_id AND r.day <= today AND r.at <= known) AS deliveries),
             (SELECT coalesce(sum(CASE p.vat WHEN 'gross' THEN y.gross ELSE round(y.gross / (1 + m.vat_rate), 2) END), 0)
                FROM payment y WHERE y.order_id = m.order_id AND y.day <= today AND y.at <= known))) AS most
      FROM eligible m
  ), standing AS (
    SELECT i.*, c.vat_rate, c.most FROM invoice i JOIN ceiling c USING (order_id)
     WHERE i.at <= known AND i.day <= today
       AND NOT (leaves_void AND coalesce((SELECT l.state IN ('voided', 'not-found') OR l.state = 'reversed' AND NOT EXISTS (
                    SELECT FROM invoice r WHERE r.order_id = i.order_id AND r.red_of = i.number AND r.at <= known) FROM looked l
                  WHERE l.number = i.number AND l.at <= known ORDER BY l.position DESC LIMIT 1), false))
  ), amounts AS (
    SELECT s.order_id, s.number, s.day, s.most, greatest(0,
             CASE p.vat WHEN 'net' THEN s.net ELSE round(s.net * (1 + s.vat_rate), 2) END
             + CASE WHEN pg_temp.holds('red-invoice') THEN coalesce((
                 SELECT sum(CASE p.vat WHEN 'net' THEN r.net ELSE round(r.net * (1 + r.vat_rate), 2) END)
                   FROM standing r WHERE r.order_id = s.order_id AND r.red_of = s.number), 0) ELSE 0 END) AS amount
      FROM standing s WHERE s.red_of IS NULL
  ), covered AS (
    SELECT a.order_id, a.number, a.day,
           CASE WHEN pg_temp.holds('least')
                THEN greatest(0, least(a.amount, a.most - (sum(a.amount) OVER turn - a.amount)))
                ELSE a.amount END AS amount
      FROM amounts a WINDOW turn AS (PARTITION BY a.order_id ORDER BY a.day, a.number COLLATE "C")
  ), counted AS (
    SELECT c.*, e.kind FROM covered c JOIN eligible e USING (order_id)
     WHERE c.amount > 0 AND c.day BETWEEN p.period_from AND p.period_to AND c.number <> ALL (used)
       AND (proposed IS NULL OR c.number = ANY (proposed))
  )
  SELECT coalesce(sum(c.amount), 0), coalesce(sum(c.amount) FILTER (WHERE c.kind = 'goods'), 0),
         coalesce(sum(c.amount) FILTER (WHERE c.kind = 'processing'), 0), coalesce(array_agg(c.number), '{}')
    INTO sales, output, fee, invoices FROM counted c;

  IF p.beneficiary = 'lead' THEN
    award := sales * p.sales_rate;
  ELSE
    by_output := CASE WHEN output >= p.output_least THEN output * p.output_rate ELSE 0 END;
    by_fee := CASE WHEN fee >= p.fee_least THEN fee * p.fee_rate ELSE 0 END;
    award := CASE p.bases WHEN 'larger' THEN greatest(by_output, by_fee) ELSE by_output + by_fee END;
  END IF;
  IF pg_temp.holds('cap') THEN award := least(award, greatest(0, p.cap - cap_used)); END IF;
  IF pg_temp.holds('rounding') THEN
    award := CASE p.places WHEN 0 THEN floor(award) ELSE round(award, p.places) END;
  END IF;
END $$;

-- Every claim that came to the list, in the order in which it did, and every firm that claimed nothing in a round: what such a
-- firm was worth then is nothing either, or somebody was sent away who should have been paid.
CREATE TEMP TABLE expected (
  claim text, round text, scheme text, version text, firm text, known text, place bigint,
  award numeric, granted numeric, recovered numeric DEFAULT 0, invoices text[], used text[], cap_used numeric
);
INSERT INTO expected (claim, round, scheme, version, firm, known, place)
  SELECT f.key, f.data ->> 'round', f.data #>> '{policy,scheme}', f.data #>> '{policy,version}',
         f.data #>> '{firm,enterprise}', p.at, p.position
    FROM event f
    JOIN LATERAL (SELECT x.at, x.position FROM event x WHERE x.key = f.key AND x.type = 'ClaimProposed'
                   ORDER BY x.position DESC LIMIT 1) p ON true
   WHERE f.type = 'ClaimFiled'
     AND NOT EXISTS (SELECT FROM event w WHERE w.key = f.key AND w.type IN ('ClaimWithdrawn', 'ClaimNotSupported'));
INSERT INTO expected (round, scheme, version, firm, known, place)
  SELECT r.key, r.data #>> '{policy,scheme}', r.data #>> '{policy,version}', firm,
         (SELECT max(x.known) FROM expected x WHERE x.round = r.key), (SELECT max(x.place) FROM expected x WHERE x.round = r.key) + 1
    FROM event r, (SELECT lead AS firm FROM opened UNION SELECT supplier FROM opened) AS firms
   WHERE r.type = 'RoundOpened' AND EXISTS (SELECT FROM expected x WHERE x.round = r.key)
     AND NOT EXISTS (SELECT FROM event f WHERE f.type = 'ClaimFiled' AND f.data ->> 'round' = r.key
                        AND f.data #>> '{firm,enterprise}' = firm);
CREATE INDEX ON expected (firm, scheme);

DO $$
DECLARE
  c expected;
  q expected;
  found record;
  scale numeric;
  taken text[];
  beside numeric;
  back numeric;
  ending text := (SELECT max(at) FROM event);
BEGIN
  FOR c IN SELECT * FROM expected ORDER BY place LOOP
    taken := '{}';
    beside := 0;
    FOR q IN SELECT * FROM expected e WHERE e.firm = c.firm AND e.scheme = c.scheme AND e.granted > 0 LOOP
      SELECT * INTO found FROM pg_temp.worth(q.scheme, q.version, q.firm, c.known, true, q.used, q.cap_used, q.invoices);
      back := q.granted - least(q.granted, round(q.granted * found.award / q.award, 2));
      IF back < q.granted AND pg_temp.holds('once-only') THEN taken := taken || q.invoices; END IF;
      IF q.round = c.round THEN beside := beside + q.granted - back; END IF;
    END LOOP;
    SELECT * INTO found FROM pg_temp.worth(c.scheme, c.version, c.firm, c.known, false, taken, beside, NULL);
    scale := NULL;
    IF pg_temp.holds('budget') THEN
      SELECT (x.data ->> 'scale')::numeric INTO scale FROM event x
       WHERE x.key = c.round AND x.type = 'ScaleSet' AND x.at <= c.known ORDER BY x.position DESC LIMIT 1;
    END IF;
    UPDATE expected e
       SET award = found.award, invoices = found.invoices, used = taken, cap_used = beside,
           granted = CASE WHEN scale IS NULL THEN found.award
                          ELSE trunc(found.award * scale, (SELECT places FROM policy p WHERE p.scheme = c.scheme AND p.version = c.version)) END
     WHERE e.place = c.place AND e.firm = c.firm AND e.round = c.round;
  END LOOP;

  -- What came back: what a claim that was paid is worth less by all that is known in the end.
  IF pg_temp.holds('recovery') THEN
    FOR c IN SELECT * FROM expected e WHERE e.claim IS NOT NULL AND e.granted > 0 LOOP
      SELECT * INTO found FROM pg_temp.worth(c.scheme, c.version, c.firm, ending, true, c.used, c.cap_used, c.invoices);
      UPDATE expected e SET recovered = c.granted - least(c.granted, round(c.granted * found.award / c.award, 2))
       WHERE e.claim = c.claim;
    END LOOP;
  END IF;
END $$;
