/** The demo provider as data: a club in Nairobi, what it offers, and the people who come. */
import { type BookingPolicy, defaultPolicy, type MoveOs, type Platform, type ScoringRules } from "@zmos/core";

type Command<Use extends { readonly command: { readonly Type: unknown } }> = Use["command"]["Type"];

type TenantCommand = Command<Platform["Service"]["createTenant"]>;
type LocationCommand = Command<Platform["Service"]["createLocation"]>;
type SessionTypeCommand = Command<MoveOs["Service"]["createSessionType"]>;

const timezone = "Africa/Nairobi" as TenantCommand["timezone"];

/**
 * Begins the idempotency keys of everything the demo does, which is what makes loading it again change nothing. Count it up when
 * what is sent under a key changes.
 */
export const EDITION = "demo-1";

export const club = { name: "Karura Movement Club", timezone } satisfies TenantCommand;

export const locations = {
  forest: { name: "Karura Forest Gate", timezone, address: "Limuru Road, Nairobi", capacityDefaults: { class: 12 } },
  studio: { name: "Westlands Studio", timezone, address: "Waiyaki Way, Nairobi", capacityDefaults: { class: 10 } },
} satisfies Record<string, LocationCommand>;
export type LocationKey = keyof typeof locations;

export const sessionTypes = {
  run: {
    name: "Forest run",
    category: "class",
    intensity: "moderate",
    primaryGoal: "Endurance",
    contraindications: ["Acute knee or ankle injury"],
    defaultDuration: 45,
    defaultCapacity: 12,
  },
  yoga: {
    name: "Sunrise yoga",
    category: "class",
    intensity: "light",
    primaryGoal: "Mobility",
    contraindications: ["Recent back surgery"],
    defaultDuration: 60,
    defaultCapacity: 10,
  },
  intervals: {
    name: "Lunch intervals",
    category: "class",
    intensity: "vigorous",
    primaryGoal: "Cardiovascular fitness",
    contraindications: ["Uncontrolled hypertension", "Chest pain on exertion"],
    defaultDuration: 30,
    defaultCapacity: 10,
  },
  strength: {
    name: "Strength basics",
    category: "class",
    intensity: "moderate",
    primaryGoal: "Strength",
    contraindications: ["Hernia"],
    defaultDuration: 60,
    defaultCapacity: 8,
  },
  coaching: {
    name: "Personal coaching",
    category: "pt",
    intensity: "vigorous",
    primaryGoal: "Individual plan",
    defaultDuration: 60,
    defaultCapacity: 1,
  },
} satisfies Record<string, SessionTypeCommand>;
export type SessionTypeKey = keyof typeof sessionTypes;

/** Walk-in regulars, beside the 33 people whose month is data. */
export const regulars = [
  ["Wanjiru", "Kamau"],
  ["Brian", "Otieno"],
  ["Amina", "Hassan"],
  ["Kiprono", "Cheruiyot"],
  ["Achieng", "Odhiambo"],
  ["Njeri", "Mwangi"],
  ["Musa", "Juma"],
  ["Faith", "Wambui"],
  ["Daniel", "Mutua"],
  ["Halima", "Abdi"],
] as const;

/**
 * Cancelling costs the credit in the last hour, unless somebody takes the seat; who is missing after a quarter of an hour is marked; a freed
 * seat goes to who waits.
 */
export const bookingPolicy: BookingPolicy = {
  ...defaultPolicy,
  cancellation: {
    freeUntil: { minutesBeforeStart: 60 },
    closes: { minutesBeforeStart: 0 },
    late: { credit: "lose" },
    isForgivenIfRefilled: true,
  },
  noShow: { automaticMinutesAfterStart: 15, consequence: { credit: "lose" } },
  waitlist: { ...defaultPolicy.waitlist, limit: 10 },
};

/** What the club offers every day, and when. **Units** local times of day. */
export const everyDay: ReadonlyArray<readonly [SessionTypeKey, LocationKey, hour: number, minute: number]> = [
  ["yoga", "studio", 6, 30],
  ["intervals", "studio", 12, 45],
  ["coaching", "forest", 16, 0],
  ["run", "forest", 17, 30],
  ["strength", "studio", 18, 30],
];

/** An active day is half an hour of moderate effort; a full week is what the WHO recommends; four weeks make a score. */
export const scoringRules: ScoringRules = {
  activeDay: { measure: "moderate_equivalent_minutes", atLeast: 30 },
  weeklyTarget: { measure: "moderate_equivalent_minutes", amount: 150 },
  weeks: 4,
};

/** The first day of the participants' data, and the last. */
export const FIRST_DAY = "2016-04-12";
export const LAST_DAY = "2016-05-12";
