/** `zmos declare`: what a member says a session may not be good for. */
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { findMember } from "../FindMember.ts";
import { print, styled } from "../output/Terminal.ts";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

/** `zmos declare MEMBER CONSTRAINT…`: all that hold from now on; none only where that is said. */
export const declare = Effect.fn("declare")(function* (
  settings: Settings,
  member: string,
  constraints: ReadonlyArray<string>,
  { nothing }: { readonly nothing?: boolean },
) {
  if ((constraints.length === 0) !== (nothing === true)) {
    return yield* new BadInput({
      detail: "Say what the member declares, all of it, or --nothing where nothing holds any more.",
    });
  }
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.members.declareConstraints({
      params: { memberId },
      payload: { constraints },
      responseMode: "decoded-and-response",
    }),
  );
  const declared = (answer.constraints ?? []).join(", ") || "nothing";
  yield* print(
    settings.json
      ? text
      : `${styled("bold", "declared")}: ${declared}; ${answer.firstName} ${answer.lastName}, member ${answer.id}`,
  );
});
