import { Injectable, OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Label } from '@app/labels';
import type { MembershipOf } from '@app/auth';
import type { Line } from './message.table';

/** What one context has to say in a digest: how much in a word, and the first few with their pages. */
export type DigestPart = { readonly heading: Label; readonly count: number; readonly lines: readonly Line[] };

/** A context's share in the daily digest, beside the messages it has sent. */
export interface DigestSource {
  /** News for the people of a firm since an instant; undefined when there are none. What a firm may not see it is not told. */
  newsFor(firm: Pick<MembershipOf, 'registration' | 'enterprise'>, since: string): Promise<DigestPart | undefined>;
}

/** On a provider that implements DigestSource. */
export const TellsInDigest = DiscoveryService.createDecorator();

@Injectable()
export class DigestSources implements OnModuleInit {
  private sources: DigestSource[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.sources = this.discovery
      .getProviders({ metadataKey: TellsInDigest.KEY })
      .map(({ instance }) => instance as DigestSource);
  }

  async newsFor(firm: Parameters<DigestSource['newsFor']>[0], since: string): Promise<DigestPart[]> {
    const parts = await Promise.all(this.sources.map((source) => source.newsFor(firm, since)));
    return parts.filter((part) => part !== undefined);
  }
}
