/**
 * Who books what, numbered: the load generator, the commands in process and the SQL of the ceiling all follow the same plan.
 *
 * Tenants take turns. Within a tenant, `classes` sessions are filled side by side, seat by seat, each by `attemptsPerClass` members;
 * when they are through, the next `classes` sessions begin. So load is always spread over as many sessions as the plan says, no
 * session ever holds more than its real number of people, and no member books a session twice.
 */
export interface BookingPlan {
  readonly tenants: number;
  readonly classes: number;
  /** As `capacity`, and everybody gets a seat; more, and the rest is refused. */
  readonly attemptsPerClass: number;
  readonly capacity: number;
  /** How often the classes are there: what bounds the number of attempts. */
  readonly blocks: number;
}

export const attemptsOf = ({ tenants, classes, attemptsPerClass, blocks }: BookingPlan): number =>
  tenants * classes * attemptsPerClass * blocks;

export const membersPerTenant = ({ classes, attemptsPerClass }: BookingPlan): number => classes * attemptsPerClass;
export const sessionsPerTenant = ({ classes, blocks }: BookingPlan): number => classes * blocks;

/** What a world has many of; the digit tells their ids apart. */
const kinds = { tenant: 1, session: 2, member: 3 } as const;
export type Kind = keyof typeof kinds;

const prefixOf = (kind: Kind): string => `0190a000-000${kinds[kind]}-7000-8000-`;

export const idOf = (kind: Kind, index: number): string => prefixOf(kind) + index.toString(16).padStart(12, "0");

/** An id made of 24 fixed characters and a number, in SQL. **Shape** `index` is an SQL expression. */
export const numberedId = (prefix: string, index: string): string =>
  `('${prefix}' || lpad(to_hex((${index})::bigint), 12, '0'))::uuid`;

/** {@link idOf} in SQL. */
export const sqlIdOf = (kind: Kind, index: string): string => numberedId(prefixOf(kind), index);

/** Where an attempt goes. **Shape** indexes for {@link idOf}; members and sessions are numbered through all tenants. */
export interface Target {
  readonly tenant: number;
  readonly session: number;
  readonly member: number;
}

export const targetOf = (plan: BookingPlan, attempt: number): Target => {
  const tenant = attempt % plan.tenants;
  const turn = Math.floor(attempt / plan.tenants);
  const member = turn % membersPerTenant(plan);
  const block = Math.floor(turn / membersPerTenant(plan));
  return {
    tenant,
    session: tenant * sessionsPerTenant(plan) + block * plan.classes + (member % plan.classes),
    member: tenant * membersPerTenant(plan) + member,
  };
};

/** {@link targetOf} in SQL. **Shape** `attempt` is an SQL expression. */
export const sqlTargetOf = (plan: BookingPlan, attempt: string) => {
  const tenant = `(${attempt} % ${plan.tenants})`;
  const turn = `(${attempt} / ${plan.tenants})`;
  const member = `(${turn} % ${membersPerTenant(plan)})`;
  const block = `(${turn} / ${membersPerTenant(plan)})`;
  return {
    tenant,
    session: `(${tenant} * ${sessionsPerTenant(plan)} + ${block} * ${plan.classes} + ${member} % ${plan.classes})`,
    member: `(${tenant} * ${membersPerTenant(plan)} + ${member})`,
  };
};
