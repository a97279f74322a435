import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takenPort } from "./support/Address.ts";
import { slowFigures } from "./support/SlowFigures.ts";
import { type Running, start, zmos } from "./support/ZmosProcess.ts";

const folder = mkdtempSync(join(tmpdir(), "zmos-serve-"));
const dataDir = join(folder, "data");
const READY = "The demo provider is ready";
/** The person whose month has a streak of thirty days. */
const SOMEBODY = "1503960366";
const AS_OF = ["--as-of", "2016-05-12"];

let server: Running;
let url = "";
let token = "";
let fullSession = "";

const ask = (path: string) => fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
const signIn = (body: string) =>
  fetch(`${url}/v1/sign-in`, { method: "POST", body, headers: { "content-type": "application/json" } });
const serve = (...more: ReadonlyArray<string>) => start(["serve", "--data-dir", dataDir, "--port", "0", ...more]);
const urlIn = (banner: string) => /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0] ?? "";
const overHttp = (...args: ReadonlyArray<string>) => zmos(...args, "--url", url, "--token", token);
const inProcess = (...args: ReadonlyArray<string>) => zmos(...args, "--data-dir", dataDir);

beforeAll(async () => {
  const killed = serve("--demo");
  await killed.says("ZMOS serves");
  await killed.stop("SIGKILL");
  server = serve("--demo");
  await server.says(READY);
  url = urlIn(server.stdout());
});

afterAll(async () => {
  await server.stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("zmos serve", { timeout: 60_000 }, () => {
  it("says where the API, its reference page and the data are, and gives a sign-in token that works once", async () => {
    const banner = server.stdout();
    expect(banner).toContain(`${url}/docs`);
    expect(banner).toContain(dataDir);
    const [, body = ""] = /\/v1\/sign-in -H 'content-type: application\/json' -d '([^']+)'/.exec(banner) ?? [];
    const first = await signIn(body);
    expect(first.status).toBe(200);
    token = ((await first.json()) as { accessToken: string }).accessToken;
    expect((await signIn(body)).status).toBe(401);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
  });

  it("has the demo provider: 33 participants and ten regulars, locations, session types, a timetable, a full class for which members wait", async () => {
    const items = async (path: string) => ((await (await ask(path)).json()) as { items: ReadonlyArray<object> }).items;
    expect(await items("/v1/members?limit=200")).toHaveLength(43);
    expect(await items("/v1/locations")).toHaveLength(2);
    expect(await items("/v1/session-types")).toHaveLength(5);
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const sessions = (await items(`/v1/session-instances?limit=200&from=${from}`)) as ReadonlyArray<{
      seatsTaken: number;
      capacity: number;
      waitlistLength: number;
      id: string;
    }>;
    expect(sessions.length).toBeGreaterThanOrEqual(30);
    const full = sessions.find(({ capacity, waitlistLength }) => capacity === 8 && waitlistLength === 2);
    expect(full).toMatchObject({ seatsTaken: 8 });
    fullSession = full?.id ?? "";
  });

  it("killed while it loaded the demo, has loaded what was missing: every figure is what the file says", async () => {
    const { items } = (await (await ask("/v1/standings?asOf=2016-05-12")).json()) as {
      items: ReadonlyArray<{ lastName: string; month: number; currentStreak: number; bestStreak: number }>;
    };
    const figures = new Map(items.map((standing) => [standing.lastName, standing]));
    for (const { participant, month, currentStreak, bestStreak } of slowFigures()) {
      expect(figures.get(participant), participant).toMatchObject({ month, currentStreak, bestStreak });
    }
  });

  it("is alone in its folder: a second process is told so in a sentence, and ends with 3", async () => {
    const { code, stdout, stderr } = await inProcess("streak", SOMEBODY);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(`${dataDir} is in use by process ${server.pid}`);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("resumes an import that was killed: every movement is there, once", async () => {
    const file = join(folder, "month.csv");
    const rows = Array.from({ length: 1_500 }, (_, index) => {
      const day = new Date(Date.UTC(2001, 0, 1 + index)).toISOString().slice(0, 10);
      return `${SOMEBODY},${day},,outdoor_event,${1 + (index % 60)},light,walk-${index}`;
    });
    writeFileSync(file, `member_id,occurred_at,zone,type,duration_minutes,intensity,external_id\n${rows.join("\n")}\n`);
    const members = (await (await ask(`/v1/members?externalPartyId=${SOMEBODY}`)).json()) as {
      items: [{ id: string }];
    };
    const isThere = async (day: string) => {
      const answer = await ask(`/v1/movement-events?memberId=${members.items[0].id}&from=${day}&to=${day}`);
      return ((await answer.json()) as { items: ReadonlyArray<object> }).items.length === 1;
    };
    const args = ["import", "events", file, "--url", url, "--token", token, "--json"];
    const killed = start(args);
    while (!(await isThere("2001-01-01"))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await killed.stop("SIGKILL")).stdout).toBe("");
    expect(await isThere("2005-02-08")).toBe(false);

    const resumed = await start(args).ended;
    expect(resumed.code).toBe(0);
    const { recorded, known } = JSON.parse(resumed.stdout) as { recorded: number; known: number };
    expect(known).toBeGreaterThanOrEqual(500);
    expect(recorded).toBeGreaterThan(0);
    expect(recorded + known).toBe(1_500);
    expect(await isThere("2005-02-08")).toBe(true);
  });

  it("answers every command as the folder itself does, byte for byte; a signal ends it cleanly, and the data stay", async () => {
    const commands = [
      ["streak", SOMEBODY, ...AS_OF, "--json"],
      ["standings", ...AS_OF, "--json"],
      ["streak", "nobody"],
      ["roster", fullSession],
      ["roster", fullSession, "--json"],
      ["policy", "show"],
    ];
    const served = await Promise.all(commands.map((command) => overHttp(...command)));
    const { code, stdout } = await server.stop("SIGINT");
    expect(code).toBe(0);
    expect(stdout.trimEnd().endsWith("Stopping …")).toBe(true);

    const local = [];
    for (const command of commands) local.push(await inProcess(...command));
    expect(local).toEqual(served);
    expect(served.map(({ code }) => code)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(JSON.parse(served[0]?.stdout ?? "")).toMatchObject({ asOf: "2016-05-12", current: { length: 30 } });
  });

  it("goes on when nobody reads what it writes, and ends with 0 as ever", async () => {
    const deaf = serve("--demo");
    const address = urlIn(await deaf.says("Ctrl-C stops it"));
    deaf.ignore();
    for (let asked = 0; asked < 3; asked++) expect((await fetch(`${address}/ready`)).status).toBe(200);
    expect((await deaf.stop("SIGTERM")).code).toBe(0);
  });

  it("says that a port is taken, and ends with 3", async () => {
    const taken = await takenPort();
    const { code, stderr } = await zmos("serve", "--data-dir", dataDir, "--port", String(taken.port));
    taken.server.close();
    expect(code).toBe(3);
    expect(stderr).toContain(`Port ${taken.port} on 127.0.0.1 is taken`);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
