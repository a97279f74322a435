import { AccessTokens, createApp, TokenAuthentication } from "@zmos/http";
import { makeClient } from "@zmos/http/client";
import { Platform, Principal, PulseLoop, Zmos } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@effect/vitest";
import { failureOf } from "../src/Failure.ts";
import { openEventFile } from "../src/imports/EventFile.ts";
import { importMovements } from "../src/imports/ImportMovements.ts";
import { temporaryFolder } from "./support/ZmosProcess.ts";

const HEADER = "member_id,occurred_at,zone,type,duration_minutes,intensity,external_id";
const services = TokenAuthentication.layer.pipe(Layer.provideMerge(Zmos.layerMemory), Layer.merge(Logger.layer([])));

/** A club with one member, whom a partner calls `amina`. Answers what importing each text in turn comes to. */
const club = () =>
  Effect.gen(function* () {
    const context = yield* Layer.build(services);
    const setUp = Effect.gen(function* () {
      const platform = yield* Platform;
      const tenant = yield* platform.createTenant({ name: "Karura", timezone: "Africa/Nairobi" });
      const host = Principal.of({ tenantId: tenant.id, actorId: "host", actorType: "host", roles: [] });
      const member = yield* platform
        .registerMember({ firstName: "Amina", lastName: "Hassan", externalPartyId: "amina" })
        .pipe(Effect.provideService(Principal, host));
      const { accessToken } = yield* (yield* AccessTokens).issue({
        tenantId: tenant.id,
        actorId: "owner",
        role: "owner",
      });
      return { member, host, accessToken };
    });
    const { member, host, accessToken } = yield* Effect.provide(setUp, context);
    const app = createApp({ services: context });
    const api = yield* makeClient({
      baseUrl: "http://club.test",
      token: accessToken,
      fetch: (request) => app.fetch(request),
    });
    const folder = temporaryFolder();
    const imported = (text: string | Uint8Array, { skipBad = false, name = "events.csv" } = {}) =>
      Effect.gen(function* () {
        const path = join(folder, name);
        writeFileSync(path, text);
        return yield* importMovements(api, yield* openEventFile(path), {
          skipBad,
          onChecked: () => Effect.void,
          onRecorded: () => Effect.void,
        });
      });
    const movements = Effect.provide(
      Effect.gen(function* () {
        const { items } = yield* (yield* PulseLoop).listMovementEvents({ memberId: member.id, limit: 200 });
        return items;
      }).pipe(Effect.provideService(Principal, host)),
      context,
    );
    return { memberId: member.id, folder, imported, movements };
  });

const inClub = <A>(story: (open: Effect.Success<ReturnType<typeof club>>) => Effect.Effect<A, unknown>) =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(club(), story)));

/** Why it failed, as people read it. */
const sentence = Effect.fnUntraced(function* <A>(work: Effect.Effect<A, unknown>) {
  const exit = yield* Effect.exit(work);
  return Exit.isFailure(exit) ? failureOf(exit.cause) : { sentence: "", exitCode: 0 };
});

describe("importing movement events", () => {
  it("takes instants and civil days, quoted fields, CRLF, a byte order mark, blank lines and blanks around", () =>
    inClub(({ imported, movements }) =>
      Effect.gen(function* () {
        const text = `\uFEFF${HEADER}\r\namina,2026-03-07T06:00:00+03:00,Africa/Nairobi,outdoor_event,35,moderate,w-1\r\n\r\n"amina", 2026-03-08 ,,,20.5,"vigorous","w,2"\r\n`;
        expect(yield* imported(text)).toEqual({ recorded: 2, known: 0, skipped: [] });
        const [run, other] = yield* movements;
        expect(run).toMatchObject({ type: "outdoor_event", durationMinutes: 35, source: "import", externalId: "w-1" });
        expect(run?.occurredAt.precision).toBe("instant");
        expect(other).toMatchObject({ type: "other", durationMinutes: 20.5, intensity: "vigorous", externalId: "w,2" });
        expect(other?.occurredAt.precision).toBe("day");
      }),
    ));

  it("takes JSON lines by the columns' names or the API's, and a member by its ZMOS id", () =>
    inClub(({ imported, movements, memberId }) =>
      Effect.gen(function* () {
        const lines = [
          { member_id: "amina", occurred_at: "2026-03-07", duration_minutes: 20, external_id: "a" },
          { memberId, occurredAt: "2026-03-08", durationMinutes: 25, externalId: "b" },
        ];
        const text = lines.map((line) => JSON.stringify(line)).join("\n");
        expect(yield* imported(text, { name: "events.jsonl" })).toEqual({ recorded: 2, known: 0, skipped: [] });
        expect((yield* movements).map(({ durationMinutes }) => durationMinutes)).toEqual([20, 25]);
      }),
    ));

  it("done twice changes nothing, also for rows without an external id", () =>
    inClub(({ imported, movements }) =>
      Effect.gen(function* () {
        const text = `${HEADER}\namina,2026-03-07,,,30,light,\namina,2026-03-07,,,30,light,named\n`;
        expect(yield* imported(text)).toMatchObject({ recorded: 2, known: 0 });
        expect(yield* imported(text)).toMatchObject({ recorded: 0, known: 2 });
        expect(
          yield* imported(`occurred_at,member_id,duration_minutes,intensity\n2026-03-07,amina,30,light\n`),
        ).toMatchObject({
          known: 1,
        });
        expect(yield* movements).toHaveLength(2);
      }),
    ));

  it("takes rows that say the same as so many movements, and the same file again as known", () =>
    inClub(({ imported, movements }) =>
      Effect.gen(function* () {
        const text = `${HEADER}\namina,2026-03-07,,,30,light,\namina,2026-03-07,,,30,light,\n`;
        expect(yield* imported(text)).toMatchObject({ recorded: 2, known: 0 });
        expect(yield* imported(text)).toMatchObject({ recorded: 0, known: 2 });
        expect(yield* movements).toHaveLength(2);
      }),
    ));

  it("with bad lines imports nothing, and lists every one by number with every reason", () =>
    inClub(({ imported, movements }) =>
      Effect.gen(function* () {
        yield* imported(`${HEADER}\namina,2026-03-01,,,10,,known\n`);
        const text = [
          HEADER,
          "amina,2026-03-02,,,30,,good",
          "nobody,2026-03-02,,,-1,,",
          "amina,2026-02-30,Mars/Olympus,flying,1441,hard,",
          "amina,2026-03-02,,",
          "amina,2126-03-09,,,,,future",
          "amina,,,,abc,,",
          'amina,2026-03-03,,,,,"two',
          'lines"',
          "amina,2026-03-01,,,11,,known",
          "amina,2026-03-02,,,31,,good",
          'amina,2026-03-04,,,,,"open',
        ].join("\n");
        const { sentence: told, exitCode } = yield* sentence(imported(text));
        expect(exitCode).toBe(2);
        const lines = told
          .split("\n")
          .slice(1)
          .map((line) => line.trim());
        expect(lines.map((line) => /^line (\d+)(?:, (\w+))?:/.exec(line)?.slice(1).filter(Boolean).join(" "))).toEqual([
          "3 member_id",
          "3 duration_minutes",
          "4 type",
          "4 occurred_at",
          "4 zone",
          "4 duration_minutes",
          "4 intensity",
          "5",
          "6 occurred_at",
          "7 occurred_at",
          "7 duration_minutes",
          "10 external_id",
          "11 external_id",
          "12",
        ]);
        expect(yield* movements).toHaveLength(1);
      }),
    ));

  it("with --skip-bad imports the good lines and lists the others", () =>
    inClub(({ imported, movements }) =>
      Effect.gen(function* () {
        const text = `${HEADER}\namina,2026-03-02,,,30,,a\nnobody,2026-03-02,,,,,\namina,2026-03-03,,,30,,b\n`;
        const { recorded, skipped } = yield* imported(text, { skipBad: true });
        expect({ recorded, lines: skipped.map(({ number }) => number) }).toEqual({ recorded: 2, lines: [3] });
        expect(yield* movements).toHaveLength(2);
      }),
    ));

  it("takes more rows than fit into one request", () =>
    inClub(({ imported }) =>
      Effect.gen(function* () {
        const rows = Array.from({ length: 1_001 }, (_, index) => `amina,2026-03-0${1 + (index % 9)},,,5,,row ${index}`);
        expect(yield* imported([HEADER, ...rows].join("\n"))).toEqual({ recorded: 1_001, known: 0, skipped: [] });
      }),
    ));

  it.each([
    ["an empty file", "", /is empty/],
    ["nothing but a header", HEADER, /has no events in it/],
    ["a header without what is needed", "occurred_at,zone\n", /has no column member_id/],
    ["an unknown column", `${HEADER},mood\n`, /"mood" is no column of ours/],
    ["a column that is there twice", `${HEADER},zone\n`, /zone is there twice/],
    ["text that is not UTF-8", new Uint8Array([...Buffer.from(`${HEADER}\namina,2026-03-0`), 0xff, 0x0a]), /not UTF-8/],
  ])("says what is wrong with %s", (_, text, expected) =>
    inClub(({ imported }) =>
      Effect.gen(function* () {
        const { sentence: told, exitCode } = yield* sentence(imported(text));
        expect(told).toMatch(expected);
        expect(exitCode).toBe(2);
      }),
    ),
  );

  it("says that a folder is none, and that a file is not there", () =>
    inClub(({ folder }) =>
      Effect.gen(function* () {
        mkdirSync(join(folder, "sub"));
        expect((yield* sentence(openEventFile(join(folder, "sub")))).sentence).toMatch(/it is a folder/);
        expect((yield* sentence(openEventFile(join(folder, "gone.csv")))).sentence).toMatch(/there is no such file/);
      }),
    ));
});
