/** `zmos simulate`: a gym that never was, as the files `zmos evaluate` reads. */
import { CivilDate } from "@zmos/core/kernel";
import { GymSimulator } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import { FileSink } from "../evaluate/FileSink.ts";
import { eventLines, excusedLines, headers, memberLine } from "../evaluate/SimulatedLines.ts";
import { tell } from "../output/Terminal.ts";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

export interface SimulateOptions {
  readonly members: number;
  readonly days: number;
  readonly seed: number;
  readonly from: string;
  readonly out?: string;
  readonly membersOut?: string;
  readonly excusedOut?: string;
}

/** How many members are simulated before Ctrl-C can be heard. */
const AT_ONCE = 200;

export const simulate = Effect.fn("simulate")(function* (settings: Settings, options: SimulateOptions) {
  const from = CivilDate.fromIso(options.from);
  if (from === undefined) {
    return yield* new BadInput({ detail: `${options.from} is not a calendar day like 2025-01-01. Change --from.` });
  }
  const to = CivilDate.addDays(from, options.days - 1);
  const [events, members, excused] = yield* Effect.all([
    openSink(options.out ?? "-", headers.events),
    openSink(options.membersOut, headers.members),
    openSink(options.excusedOut, headers.excused),
  ]);
  let lines = 0;
  let people = 0;
  for (const { member, facts } of GymSimulator.lives({ seed: options.seed, members: options.members, from, to })) {
    for (const line of eventLines(facts)) {
      events.write(line);
      lines++;
    }
    members.write(memberLine(member));
    for (const line of excusedLines(member)) excused.write(line);
    if (++people % AT_ONCE === 0) yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)));
  }
  for (const sink of [events, members, excused]) sink.flush();
  const text = `${lines} lines about ${people} members, ${options.from} to ${CivilDate.toIso(to)}.`;
  yield* tell(
    settings.json ? JSON.stringify({ lines, members: people, from: options.from, to: CivilDate.toIso(to) }) : text,
  );
});

const openSink = (path: string | undefined, header: string) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => new FileSink(path, header),
      catch: (cause) =>
        new BadInput({ detail: `${path ?? ""} cannot be written: ${cause instanceof Error ? cause.message : ""}` }),
    }),
    (sink) => Effect.sync(() => sink.close()),
  );
