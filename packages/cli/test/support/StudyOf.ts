/** Studies of texts, as if they were files. */
import { CivilDate } from "@zmos/core/kernel";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStudy, type Study } from "../../src/evaluate/Study.ts";
import { temporaryFolder } from "./ZmosProcess.ts";

export const HEADER = "member_id,occurred_at,zone,type,duration_minutes,intensity,external_id";

export interface Texts {
  readonly events: string | Uint8Array;
  readonly members?: string;
  readonly excused?: string;
}

export interface StudyTold extends Study {
  /** What was said of bad lines, without the names of files. */
  readonly told: ReadonlyArray<string>;
}

/** Writes texts into files that are gone after the test. */
export const filesOf = ({ events, members, excused }: Texts) => {
  const folder = temporaryFolder();
  const write = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    events: write("events.csv", events),
    ...(members !== undefined && { members: write("members.csv", members) }),
    ...(excused !== undefined && { excused: write("excused.csv", excused) }),
  };
};

export const studyOf = async (
  texts: Texts,
  { asOf = "2026-03-31", from, ...options }: { asOf?: string; from?: string; zone?: string; member?: string } = {},
): Promise<StudyTold> => {
  let told = "";
  const study = await readStudy({
    ...filesOf(texts),
    ...options,
    asOf: CivilDate.of(asOf),
    ...(from !== undefined && { from: CivilDate.of(from) }),
    tell: (text) => void (told += text),
  });
  return {
    ...study,
    told: told
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace(/^\S*\//, "")),
  };
};

/** Everybody's days as texts, by member. */
export const daysOf = (study: Study): Readonly<Record<string, ReadonlyArray<string>>> =>
  Object.fromEntries(
    [...study.people()].map(({ memberId, calendar }) => [memberId, [...calendar().keys()].map(CivilDate.toIso)]),
  );

export const textOf = (path: string): string => readFileSync(path, "utf8");
