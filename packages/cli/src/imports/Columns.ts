/** The columns of a file of movement events, and the fields of the API they become. */

/** **Shape** `field`: what the API calls it. */
export interface ColumnDefinition {
  readonly name: ColumnName;
  readonly field: string;
  readonly isRequired: boolean;
}

export type ColumnName =
  | "member_id"
  | "occurred_at"
  | "zone"
  | "type"
  | "duration_minutes"
  | "intensity"
  | "external_id";

export const COLUMNS: ReadonlyArray<ColumnDefinition> = [
  { name: "member_id", field: "memberId", isRequired: true },
  { name: "occurred_at", field: "occurredAt", isRequired: true },
  { name: "zone", field: "timezone", isRequired: false },
  { name: "type", field: "type", isRequired: false },
  { name: "duration_minutes", field: "durationMinutes", isRequired: false },
  { name: "intensity", field: "intensity", isRequired: false },
  { name: "external_id", field: "externalId", isRequired: false },
];

const byName = new Map(COLUMNS.flatMap(({ name, field }) => [[name as string, name] as const, [field, name] as const]));
const byField = new Map(COLUMNS.map(({ name, field }) => [field, name]));

/** The column that a header or a JSON key names, by its own name or by the API's. */
export const columnOf = (name: string): ColumnName | undefined => byName.get(name.trim());

/** The column that an error of the API is about. */
export const columnOfPath = (path: string): string => byField.get(path) ?? path;
