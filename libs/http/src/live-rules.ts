import { Actor } from '@app/auth';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** Decides which keys of one view reach whom: the row rule of the GET that a client makes after hearing of the key. */
export interface LiveRule {
  /** `actor` is undefined where nobody has signed in. */
  mayHear(actor: Actor | undefined, key: string): boolean | Promise<boolean>;
}

/** On a provider that implements LiveRule: the view's name. A view without a rule is not heard of by anybody. */
export const LiveRuleFor = DiscoveryService.createDecorator<string>();

@Injectable()
export class LiveRules implements OnModuleInit {
  private readonly rules = new Map<string, LiveRule>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const provider of this.discovery.getProviders({ metadataKey: LiveRuleFor.KEY })) {
      const view = this.discovery.getMetadataByDecorator(LiveRuleFor, provider)!;
      if (this.rules.has(view)) throw new Error(`two live rules for ${view}`);
      this.rules.set(view, provider.instance as LiveRule);
    }
  }

  get views(): ReadonlySet<string> {
    return new Set(this.rules.keys());
  }

  /** A rule that cannot tell says no: what is not heard is read at the next reload. */
  async mayHear(actor: Actor | undefined, view: string, key: string): Promise<boolean> {
    try {
      return (await this.rules.get(view)?.mayHear(actor, key)) ?? false;
    } catch {
      return false;
    }
  }
}
