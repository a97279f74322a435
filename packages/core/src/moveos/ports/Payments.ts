import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";
import type { Money } from "../../kernel/Money.ts";

/** Something a member owes; a negative amount is given back. **Shape** `key` makes repeats one. */
export interface Charge {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly amount: Money;
  readonly reason: string;
  readonly key: string;
}

/** What became of a charge: paid, put on the member's account, declined, or not known. */
export type Settlement = "paid" | "on_account" | "declined" | "unknown";

/** Collects money. **Contract** the same `key` twice charges once. Never fails: no answer in time is *unknown*. */
export class Payments extends Context.Service<
  Payments,
  { readonly charge: (charge: Charge) => Effect.Effect<Settlement> }
>()("@zmos/core/moveos/ports/Payments") {}
