import { Client, ClientBase, Query, QueryResultRow } from 'pg';

/**
 * A prepared statement whose rows stay as the wire brings them: text or null, column by column. The client's own way copies
 * its configuration for every query and builds each row twice; together that is a third of reading a log.
 */
class TextQuery extends Query<QueryResultRow, unknown[]> {
  readonly rowsAsText: (string | null)[][] = [];

  constructor(
    readonly name: string,
    text: string,
    values: unknown[],
    settled: (error: Error | null | undefined) => void,
  ) {
    super(text, values, settled);
  }

  /** Called by the client for every row. */
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rowsAsText.push(fields);
  }
}

/** Throws what the server or the connection throws. `R` is the tuple of columns, each of them text or null. */
export function queryText<R extends (string | null)[]>(
  client: Client | ClientBase,
  name: string,
  text: string,
  values: unknown[],
): Promise<R[]> {
  return new Promise((resolve, reject) => {
    const query = new TextQuery(name, text, values, (error) =>
      error ? reject(error) : resolve(query.rowsAsText as R[]),
    );
    client.query(query);
  });
}
