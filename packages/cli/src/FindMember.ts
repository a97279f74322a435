import { MemberId } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Client } from "./Api.ts";
import { BadInput, NoSuch } from "./Refusals.ts";

const isMemberId = Schema.is(MemberId);

/**
 * The member that somebody names: by the id a partner gave, else by ZMOS's own. Partners use UUIDs too, so theirs are looked up first.
 *
 * **Errors** `NoSuch`; `BadInput` where several members have the partner's id.
 */
export const findMember = Effect.fn("findMember")(function* (
  api: Client,
  named: string,
): Effect.fn.Return<MemberId, unknown> {
  const { items } = yield* api.members.listMembers({ query: { externalPartyId: named } });
  const [found, another] = items;
  if (another !== undefined) {
    return yield* new BadInput({ detail: `Several members are ${named} to a partner. Name one by its ZMOS id.` });
  }
  if (found !== undefined) return found.id;
  return isMemberId(named) ? named : yield* new NoSuch({ thing: "member", name: named });
});
