import { describe, expect, it } from "vitest";
import { type FollowUpFlag, openProposals, resolve } from "../../../src/carepath/domain/FollowUpFlag.ts";
import type { ProposedFlag } from "../../../src/carepath/domain/JourneyEvaluation.ts";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Ids from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";
import { civilDateOf } from "../../../src/kernel/ZoneRules.ts";
import { at } from "../../support/Gym.ts";

const id = (last: number) => `0195f000-0000-7000-8000-00000000000${last}`;

const raised: FollowUpFlag = {
  id: Ids.FollowUpFlagId.make(id(1)),
  tenantId: Ids.TenantId.make(id(2)),
  journeyId: Ids.MovementJourneyId.make(id(3)),
  enrollmentId: Ids.JourneyEnrollmentId.make(id(4)),
  memberId: Ids.MemberId.make(id(5)),
  kind: "no_movement",
  status: "raised",
  reason: "Call her.",
  raisedBy: "coach-1",
  raisedAt: Instant.make(0),
};

const proposal: ProposedFlag = { reason: "no_movement", since: CivilDate.of("2026-03-10"), detail: "…" };

const inNairobi = (instant: Instant) => civilDateOf("Africa/Nairobi", instant);

const open = (flags: ReadonlyArray<FollowUpFlag>) => openProposals([proposal], flags, inNairobi);

const resolvedAt = (iso: string): FollowUpFlag => ({ ...raised, status: "resolved", resolvedAt: at(iso) });

describe("a proposed flag", () => {
  it("stands while nobody has raised one of its kind", () => {
    expect(open([])).toEqual([proposal]);
    expect(open([{ ...raised, kind: "off_track" }])).toEqual([proposal]);
    expect(open([raised])).toEqual([]);
  });

  it.each([
    ["the day before its reason began", "2026-03-09T20:59:59Z", 1],
    ["the day its reason began", "2026-03-09T21:00:00Z", 0],
    ["the day after", "2026-03-10T21:00:00Z", 0],
  ])("of a kind that was dealt with %s, where the member lives", (_, iso, proposed) => {
    expect(open([resolvedAt(iso)])).toHaveLength(proposed);
  });
});

describe("a raised flag", () => {
  it("is resolved once: how, by whom and when", () => {
    const by = { actorId: "coach-2", at: at("2026-03-11T08:00:00Z"), resolution: "Called." };
    const { success: resolved } = resolve(raised, by) as { success: FollowUpFlag };
    expect(resolved).toMatchObject({ status: "resolved", resolvedBy: "coach-2", resolution: "Called." });
    expect(resolve(resolved, by)).toMatchObject({ failure: { _tag: "FlagAlreadyResolved", flagId: raised.id } });
  });
});
