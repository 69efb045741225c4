import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { awardList } from './award-list.view';
import { CatalogueById, catalogues } from './catalogues.view';
import { CheckById, checks } from './checks.view';
import { ListingPages } from './listing-pages.handlers';
import { listings, SeesAttachment, SeesSomeLine } from './listings.view';
import { MatchById, matchRegister } from './match-register.view';
import { myOffers } from './my-offers.view';
import { offerBoard } from './offer-board.view';
import { openDemands, SeesDemand } from './open-demands.view';
import { PromotionById, promotions } from './promotions.view';
import { Readers } from './readers.handlers';
import { heardBy } from './visibility.rules';

// Who hears that a row changed: whoever may read it by its GET. Keys of one firm begin with its registration.

const isFirm = (actor: Actor | undefined, key: string): boolean | undefined => {
  const { registration } = heardBy(key);
  return registration === undefined ? undefined : actor?.party?.registration === registration;
};

@LiveRuleFor(listings.name)
@Injectable()
export class ListingsLive implements LiveRule {
  constructor(private readonly pages: ListingPages) {}

  mayHear = (actor: Actor | undefined, key: string) => isFirm(actor, key) ?? this.pages.sees(key, actor);
}

/**
 * Asked of the fair, since the listing's page may come to know later that it is published; then of that page: a demand that
 * closed has left the fair, and its readers are to hear that.
 */
@LiveRuleFor(openDemands.name)
@Injectable()
export class OpenDemandsLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly readers: Readers,
  ) {}

  async mayHear(actor: Actor | undefined, key: string): Promise<boolean> {
    const isOwn = isFirm(actor, key);
    if (isOwn !== undefined) return isOwn;
    const isInFair = await this.queries.execute(new SeesDemand(key, await this.readers.of(actor)));
    return isInFair || this.pages.sees(key, actor);
  }
}

@LiveRuleFor(myOffers.name)
@Injectable()
export class MyOffersLive implements LiveRule {
  mayHear = (actor: Actor | undefined, key: string) => isFirm(actor, key) ?? false;
}

@LiveRuleFor(awardList.name)
@Injectable()
export class AwardListLive implements LiveRule {
  mayHear = (actor: Actor | undefined, key: string) => isFirm(actor, key) ?? false;
}

@LiveRuleFor(offerBoard.name)
@Injectable()
export class OfferBoardLive implements LiveRule {
  constructor(
    private readonly pages: ListingPages,
    private readonly readers: Readers,
  ) {}

  async mayHear(actor: Actor | undefined, listing: string): Promise<boolean> {
    const row = actor && (await this.pages.row(listing));
    if (!row) return false;
    if (this.pages.isLead(row, actor)) return true;
    const office = await this.readers.officeOf(actor);
    return office === 'city' || (office?.includes(row.lead) ?? false);
  }
}

@LiveRuleFor(catalogues.name)
@Injectable()
export class CataloguesLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async mayHear(actor: Actor | undefined, catalogue: string): Promise<boolean> {
    const row = await this.queries.execute(new CatalogueById(catalogue));
    if (row === undefined) return false;
    if (actor?.party?.registration === row.owner) return true;
    if (row.publishedAt === null || row.kind !== 'demand') return row.publishedAt !== null;
    return this.queries.execute(new SeesSomeLine(catalogue, await this.readers.of(actor)));
  }
}

@LiveRuleFor(promotions.name)
@Injectable()
export class PromotionsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, promotion: string): Promise<boolean> {
    const row = await this.queries.execute(new PromotionById(promotion));
    return row !== undefined && (row.status === 'published' || actor?.party?.registration === row.owner);
  }
}

@LiveRuleFor(matchRegister.name)
@Injectable()
export class MatchRegisterLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async mayHear(actor: Actor | undefined, match: string): Promise<boolean> {
    const office = actor && (await this.readers.officeOf(actor));
    if (office === undefined || office === 'city') return office === 'city';
    const row = await this.queries.execute(new MatchById(match));
    return row !== undefined && office.some((code) => code === row.lead || code === row.supplier);
  }
}

/** Keys are match and check. A firm is told by its inbox that it was asked; the list itself is the offices'. */
@LiveRuleFor(checks.name)
@Injectable()
export class ChecksLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly register: MatchRegisterLive,
  ) {}

  async mayHear(actor: Actor | undefined, key: string): Promise<boolean> {
    const [match = '', check = ''] = key.split('/');
    if (await this.register.mayHear(actor, match)) return true;
    // The two firms read what they are asked and how it ended.
    const registration = actor?.party?.registration;
    return registration !== undefined && !!(await this.queries.execute(new CheckById({ registration }, match, check)));
  }
}

/** A listing's files are read by whoever may see the listing. */
@OpensAttachments()
@Injectable()
export class ListingAttachments implements AttachmentRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    return this.queries.execute(new SeesAttachment(await this.readers.of(actor), id));
  }
}
