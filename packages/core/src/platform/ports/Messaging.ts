import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";

/** Something to tell a member. **Shape** `template` names what is said; `data` fills it in; `key` makes repeats one. */
export interface Message {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly template: string;
  readonly data: Readonly<Record<string, string>>;
  readonly key: string;
}

/** What became of a message: handed over, or not known (the partner did not answer). */
export type Delivery = "accepted" | "unknown";

/** Tells members things. **Contract** the same `key` twice tells the member once. Never fails a command. */
export class Messaging extends Context.Service<
  Messaging,
  { readonly send: (message: Message) => Effect.Effect<Delivery> }
>()("@zmos/core/platform/ports/Messaging") {}
