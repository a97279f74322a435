/**
 * The vocabulary of a movement event: what it was, how hard, and where we know it from.
 *
 * **Source** `intensity` weighs minutes by the WHO equivalence, one vigorous minute for two moderate ones (WHO guidelines
 * on physical activity and sedentary behaviour, 2020).
 */
export const movementTypes = [
  "class_attendance",
  "gym_checkin",
  "tile_completion",
  "outdoor_event",
  "home_workout",
  "other",
] as const;

export type MovementType = (typeof movementTypes)[number];

export const intensities = ["light", "moderate", "vigorous"] as const;

export type Intensity = (typeof intensities)[number];

export const sources = ["check_in", "manual", "import", "device", "partner"] as const;

export type Source = (typeof sources)[number];

/** Moderate-equivalent minutes in one minute of this intensity. */
export const moderateEquivalent: Readonly<Record<Intensity, number>> = { light: 0, moderate: 1, vigorous: 2 };
