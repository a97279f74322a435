import type { Streak } from "@zmos/core/pulseloop";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf, HEADER, textOf, type Texts } from "../support/StudyOf.ts";
import { zmosHere as zmos } from "../support/ZmosHere.ts";
import { temporaryFolder, zmos as zmosProcess } from "../support/ZmosProcess.ts";

/** Arguments that name the files of these texts. */
const given = (texts: Texts): ReadonlyArray<string> =>
  Object.entries(filesOf(texts)).flatMap(([name, path]) => [`--${name}`, path]);

const rule = (content: unknown): string => {
  const path = join(temporaryFolder(), "rule.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const events = [
  HEADER,
  "amina,2026-03-02T06:00:00Z,Africa/Nairobi,class_attendance,60,moderate,a1",
  "amina,2026-03-03,,gym_checkin,45,vigorous,a2",
  "amina,2026-03-04,,,30,,a3",
  "amina,2026-03-04,,,30,,a3",
  "amina,2026-03-09,,,75,vigorous,a4",
  "brian,2026-03-10,,,150,moderate,b1",
  "",
].join("\n");
const members = "member_id,from,to\namina,2026-03-02,\nbrian,2026-03-02,\ncarol,2026-03-02,\n";

describe("zmos evaluate", { timeout: 60_000 }, () => {
  it("streak: answers current, best and status with their dates, people without events included", async () => {
    const { code, stdout, stderr } = await zmos(
      "evaluate",
      "streak",
      ...given({ events, members }),
      "--as-of",
      "2026-03-10",
      "--json",
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      asOf: "2026-03-10",
      members: [
        {
          memberId: "amina",
          current: { length: 1, start: "2026-03-09", end: "2026-03-09" },
          best: { length: 3, start: "2026-03-02", end: "2026-03-04" },
          status: "at_risk",
          brokenBy: { from: "2026-03-05", to: "2026-03-05" },
        },
        {
          memberId: "brian",
          current: { length: 1, start: "2026-03-10", end: "2026-03-10" },
          best: { length: 1, start: "2026-03-10", end: "2026-03-10" },
          status: "active",
        },
        { memberId: "carol", current: { length: 0 }, best: { length: 0 }, status: "broken" },
      ],
    });
  });

  it("streak: follows a rule, and explains it by periods that add up", async () => {
    const weekly = rule({ period: { kind: "week" }, thresholds: [{ metric: { measure: "minutes" }, atLeast: 100 }] });
    const args = ["evaluate", "streak", ...given({ events, members }), "--rule", weekly, "--as-of", "2026-03-17"];
    const [json, text] = await Promise.all([
      zmos(...args, "--json", "--explain"),
      zmos(...args, "--member", "brian", "--explain"),
    ]);
    const [amina, brian] = (JSON.parse(json.stdout) as { members: ReadonlyArray<Record<string, unknown>> }).members;
    expect(amina).toMatchObject({ current: { length: 0 }, best: { length: 1 }, status: "broken" });
    expect(brian).toMatchObject({
      current: { length: 1, start: "2026-03-09", end: "2026-03-15" },
      status: "at_risk",
      explanation: { met: 1 },
    });
    expect(text.stdout).toContain("2026-03-09 to 2026-03-15: 150 of 100 minutes, met");
    expect(text.stdout).toContain("1 met: a streak of 1");
  });

  it("adherence: answers each member's score and band, and each period with the score as it stood then", async () => {
    const { code, stdout } = await zmos(
      "evaluate",
      "adherence",
      ...given({ events, members }),
      "--formula",
      "who-150",
      "--as-of",
      "2026-03-17",
      "--series",
      "--json",
    );
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as { asOf: string; members: ReadonlyArray<{ series: ReadonlyArray<unknown> }> };
    expect(answer.members[0]).toEqual({
      memberId: "amina",
      score: 1,
      band: "sufficient",
      series: [
        { from: "2026-03-02", to: "2026-03-08", actual: 150, target: 150, ratio: 1, score: 1, status: "met" },
        { from: "2026-03-09", to: "2026-03-15", actual: 150, target: 150, ratio: 1, score: 1, status: "met" },
        {
          from: "2026-03-16",
          to: "2026-03-22",
          actual: 0,
          target: 150,
          ratio: 0,
          score: 1,
          status: "pending",
          leftOut: "not_over",
        },
      ],
    });
    expect(answer.members[1]).toMatchObject({ memberId: "brian", score: 0.5, band: "insufficient" });
    expect(answer.members[1]?.series[0]).toMatchObject({ status: "missed", score: 0 });
    expect(answer.members[2]).toMatchObject({ memberId: "carol", score: 0, band: "inactive" });
  });

  it("adherence: excuses whole weeks, and answers no score as null", async () => {
    const excused =
      "member_id,from,to,reason\nbrian,2026-03-02,2026-03-08,illness\ncarol,2026-03-02,2026-03-31,travel\n";
    const { stdout } = await zmos(
      "evaluate",
      "adherence",
      ...given({ events, members, excused }),
      "--formula",
      "who-150",
      "--as-of",
      "2026-03-17",
      "--series",
      "--json",
    );
    const [, brian, carol] = (JSON.parse(stdout) as { members: ReadonlyArray<Record<string, unknown>> }).members;
    expect(brian).toMatchObject({ score: 1, band: "sufficient" });
    expect(brian?.["series"]).toMatchObject([{ status: "excused", score: null }, { status: "met" }, {}]);
    expect(carol).toMatchObject({ score: null, band: null });
  });

  it("adherence: takes parameters, and habit strength's are times and days", async () => {
    const daily = "member_id,occurred_at\nm1,2026-03-01\nm1,2026-03-03\n";
    const run = (...more: ReadonlyArray<string>) =>
      zmos("evaluate", "adherence", ...given({ events: daily }), "--as-of", "2026-03-03", "--json", ...more);
    const [habit, tooOften, unknown, weeks] = await Promise.all([
      run("--formula", "habit-strength", "--param", "times=3", "--param", "days=7"),
      run("--formula", "habit-strength", "--param", "times=8", "--param", "days=7"),
      run("--formula", "habit-strength", "--param", "weeks=2"),
      run("--param", "weeks=2", "--param", "measure=minutes", "--param", "target=10"),
    ]);
    // Successes of the last 14 days ÷ 6: 1/6, 1/6, 2/6.
    const decay = 0.5 ** (Math.sqrt(3 / 7) / 13);
    const expected = [1 / 6, 1 / 6, 2 / 6].reduce((strength, success) => strength * decay + success * (1 - decay), 0);
    const [first] = (JSON.parse(habit.stdout) as { members: ReadonlyArray<{ score: number }> }).members;
    expect(first?.score).toBeCloseTo(expected, 12);
    expect(tooOften.code).toBe(2);
    expect(tooOften.stderr).toContain("at most as many times as it has days");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("has the parameters times, days, not weeks");
    expect(weeks.code).toBe(0);
  });

  it("adherence: shows a table of everybody, or a page about one, without colours where nobody sees them", async () => {
    const args = [
      "evaluate",
      "adherence",
      ...given({ events, members }),
      "--formula",
      "who-150",
      "--as-of",
      "2026-03-17",
    ];
    const [all, one] = await Promise.all([
      zmosProcess(...args),
      zmosProcess(...args, "--member", "amina", "--explain", "--series"),
    ]);
    expect(all.stdout).toContain(
      "average of the last 4 full weeks, each week's moderate-equivalent minutes ÷ 150, at most 1",
    );
    expect(all.stdout).toMatch(/amina +1 +sufficient +2 +██▁/);
    expect(one.stdout).toContain("Mon  ░░·");
    expect(one.stdout).toContain("1.00 ┤───");
    expect(one.stdout).toContain("2026-03-02 to 2026-03-08: 150 of 150, met, adds 0.5");
    expect(one.stdout).not.toContain("brian");
    // oxlint-disable-next-line no-control-regex -- colours are control sequences
    expect(all.stdout + one.stdout).not.toMatch(/\u001B/);
  });

  it("challenge: ranks everybody by value, then by the day they reached it", async () => {
    const challenge = rule({
      kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 150 },
      from: "2026-03-01",
      to: "2026-03-31",
    });
    const { stdout, code } = await zmos(
      "evaluate",
      "challenge",
      ...given({ events, members }),
      "--rule",
      challenge,
      "--as-of",
      "2026-03-20",
      "--json",
    );
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { members: ReadonlyArray<unknown> }).members).toEqual([
      { memberId: "amina", rank: 1, value: 210, target: 150, fraction: 1, isReached: true, reachedOn: "2026-03-09" },
      { memberId: "brian", rank: 2, value: 150, target: 150, fraction: 1, isReached: true, reachedOn: "2026-03-10" },
      { memberId: "carol", rank: 3, value: 0, target: 150, fraction: 0, isReached: false },
    ]);
  });

  it("challenge: a team's goal is what all do together", async () => {
    const challenge = rule({
      kind: { kind: "team", metric: { measure: "minutes" }, target: 400 },
      from: "2026-03-01",
      to: "2026-03-31",
    });
    const { stdout } = await zmos(
      "evaluate",
      "challenge",
      ...given({ events, members }),
      "--rule",
      challenge,
      "--as-of",
      "2026-03-20",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ team: { value: 360, target: 400, fraction: 0.9, isReached: false } });
  });

  it("journey: judges each week from everybody's own beginning", async () => {
    const journey = rule({ name: "Start moving", durationWeeks: 4, targetGoals: { sessionsPerWeek: 2 } });
    const args = ["evaluate", "journey", ...given({ events, members }), "--rule", journey, "--as-of", "2026-03-17"];
    const [json, page] = await Promise.all([
      zmos(...args, "--json", "--series"),
      zmos(...args, "--member", "amina", "--explain"),
    ]);
    const [amina, brian] = (JSON.parse(json.stdout) as { members: ReadonlyArray<Record<string, unknown>> }).members;
    expect(amina).toMatchObject({
      score: 0.75,
      standing: "at_risk",
      currentWeek: 3,
      startsOn: "2026-03-02",
      endsOn: "2026-03-29",
    });
    expect(amina?.["series"]).toMatchObject([
      { status: "met" },
      { status: "missed", adherence: 0.5 },
      { status: "pending" },
      { status: "upcoming" },
    ]);
    expect(brian).toMatchObject({ score: 0.25, standing: "off_track" });
    expect(page.stdout).toContain("week 2, 2026-03-09 to 2026-03-15: 1 of 2 sessions, adds 0.25");
  });

  it("names every bad line and answers nothing, unless they are to be left out", async () => {
    const bad = `${HEADER}\nm1,2026-03-01,,,,,\nm1,soon,,,,,\nm1,2026-03-02,,,x,,\n`;
    const args = ["evaluate", "streak", ...given({ events: bad }), "--as-of", "2026-03-02"];
    const [strict, json, skipped] = await Promise.all([
      zmos(...args),
      zmos(...args, "--json"),
      zmos(...args, "--json", "--skip-bad"),
    ]);
    expect([strict.code, strict.stdout, json.code, json.stdout, skipped.code]).toEqual([2, "", 2, "", 0]);
    expect(strict.stderr).toMatch(
      /line 3: occurred_at "soon" is neither[^\n]*\n[^\n]*line 4: duration_minutes "x" is no number[^\n]*\nzmos: 2 lines cannot be taken/,
    );
    const told = json.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toMatchObject([{ line: 3 }, { line: 4 }, { detail: expect.stringContaining("--skip-bad") as string }]);
    expect(skipped.stderr.trim().split("\n")).toHaveLength(2);
    expect(JSON.parse(skipped.stdout)).toMatchObject({ members: [{ memberId: "m1", best: { length: 1 } }] });
  });

  it("says what is wrong with what was typed", async () => {
    const args = ["evaluate", "adherence", ...given({ events })];
    const told = await Promise.all([
      zmos(...args),
      zmos(...args, "--as-of", "2026-02-30"),
      zmos(...args, "--as-of", "2026-03-10", "--zone", "Mars/Base"),
      zmos(...args, "--as-of", "2026-03-10", "--formula", "best"),
      zmos(...args, "--as-of", "2026-03-10", "--formula", "pdc", "--rule", "x.json"),
      zmos("evaluate", "streak", "--events", "/nowhere.csv", "--as-of", "2026-03-10"),
      zmos("evaluate", "challenge", ...given({ events }), "--as-of", "2026-03-10"),
      zmos(
        "evaluate",
        "streak",
        ...given({ events }),
        "--as-of",
        "2026-03-10",
        "--rule",
        rule({ period: { kind: "year" } }),
      ),
    ]);
    expect(told.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    const words = [
      "--as-of",
      "2026-02-30 is not a calendar day",
      "no IANA time zone",
      "No formula is called best",
      "either --formula or --rule",
      "there is no such file",
      "--rule",
      "is not a streak rule",
    ];
    for (const [index, word] of words.entries()) expect(told[index]?.stderr).toContain(word);
    const nobody = await zmos(...args, "--as-of", "2026-03-10", "--member", "nobody");
    expect([nobody.code, nobody.stderr]).toEqual([1, "zmos: There is no member nobody.\n"]);
  });

  it("says whose events do not count because they are not in the members file", async () => {
    const { stderr, stdout } = await zmos(
      "evaluate",
      "streak",
      ...given({ events, members: "member_id\nbrian\n" }),
      "--as-of",
      "2026-03-10",
      "--json",
    );
    expect(stderr).toContain("4 events of 1 people who are not in");
    expect((JSON.parse(stdout) as { members: ReadonlyArray<unknown> }).members).toHaveLength(1);
  });
});

describe("zmos formula", { timeout: 60_000 }, () => {
  it("lists, shows and explains, and what it shows can be evaluated", async () => {
    const [list, shown, explained, unknown] = await Promise.all([
      zmos("formula", "list", "--json"),
      zmos("formula", "show", "capped-points"),
      zmos("formula", "explain", "who-150"),
      zmos("formula", "show", "nope"),
    ]);
    expect((JSON.parse(list.stdout) as ReadonlyArray<object>).length).toBe(14);
    expect(explained.stdout).toContain("Average of the last 4 full weeks");
    expect(explained.stdout).toContain("WHO guidelines");
    expect([unknown.code, unknown.stderr.includes("zmos-v1, capped-weeks")]).toEqual([2, true]);
    const own = rule(JSON.parse(shown.stdout));
    const [byName, byFile] = await Promise.all(
      [
        ["--formula", "capped-points"],
        ["--rule", own],
      ].map((which) =>
        zmos("evaluate", "adherence", ...given({ events, members }), "--as-of", "2026-03-17", "--json", ...which),
      ),
    );
    expect(byFile?.stdout).toBe(byName?.stdout);
    expect(
      (JSON.parse(byName?.stdout ?? "") as { members: ReadonlyArray<{ score: number }> }).members[0]?.score,
    ).toBeCloseTo(0.525, 12);
  });

  it("checks the laws a formula declares, and tells a broken one by the smallest case", async () => {
    const shown = JSON.parse((await zmos("formula", "show", "capped-weeks")).stdout) as Record<string, unknown>;
    const { ratioAtMost, ...uncapped } = shown;
    expect(ratioAtMost).toBe(1);
    const [kept, broken, nonsense] = await Promise.all([
      zmos("formula", "check", rule(shown), "--runs", "50"),
      zmos("formula", "check", rule(uncapped), "--runs", "200"),
      zmos("formula", "check", rule({ ...shown, target: { kind: "constant" }, colour: "red" })),
    ]);
    expect(kept.code).toBe(0);
    expect(kept.stdout).toContain("skip neutral, tried on 50 histories");
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/✗ bounded\n +A member begins on .* and moves 4 times/);
    expect(broken.stdout).toContain("which is not between 0 and 1");
    expect(nonsense.code).toBe(2);
    expect(nonsense.stderr).toContain("is not a formula");
    expect(nonsense.stderr).toMatch(/perPeriod|target/);
  });
});

describe("zmos simulate", { timeout: 60_000 }, () => {
  it("writes the same gym for the same seed, and files that can be evaluated without a bad line", async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    const args = ["simulate", "--members", "30", "--days", "120", "--from", "2026-01-01"];
    const [written, again, other] = await Promise.all([
      zmos(...args, "--seed", "7", "--out", at("e.csv"), "--members-out", at("m.csv"), "--excused-out", at("x.csv")),
      zmosProcess(...args, "--seed", "7"),
      zmos(...args, "--seed", "8"),
    ]);
    expect([written.code, written.stdout]).toEqual([0, ""]);
    expect(written.stderr).toMatch(/^\d+ lines about 30 members, 2026-01-01 to 2026-04-30\.\n$/);
    expect(again.stdout).toBe(textOf(at("e.csv")));
    expect(other.stdout).not.toBe(again.stdout);
    const { code, stdout, stderr } = await zmos(
      "evaluate",
      "streak",
      "--events",
      at("e.csv"),
      "--members",
      at("m.csv"),
      "--excused",
      at("x.csv"),
      "--as-of",
      "2026-04-30",
      "--json",
    );
    expect([code, stderr]).toEqual([0, ""]);
    const { members: people } = JSON.parse(stdout) as { members: ReadonlyArray<{ best: Streak.Run }> };
    expect(people).toHaveLength(30);
    expect(people.some(({ best }) => best.length > 3)).toBe(true);
  });
});
