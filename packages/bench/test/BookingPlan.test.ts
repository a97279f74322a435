import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attemptsOf,
  type BookingPlan,
  membersPerTenant,
  sessionsPerTenant,
  sqlTargetOf,
  targetOf,
} from "../src/bookings/BookingPlan.ts";

const count = fc.integer({ min: 1, max: 5 });
const plans: fc.Arbitrary<BookingPlan> = fc.record({
  tenants: count,
  classes: count,
  attemptsPerClass: count,
  capacity: count,
  blocks: count,
});

const targetsOf = (plan: BookingPlan) =>
  Array.from({ length: attemptsOf(plan) }, (_, attempt) => targetOf(plan, attempt));

describe("a booking plan", () => {
  it("sends nobody to the same session twice, and everybody to sessions of their own tenant", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const targets = targetsOf(plan);
        expect(new Set(targets.map(({ session, member }) => `${session} ${member}`)).size).toBe(targets.length);
        for (const { tenant, session, member } of targets) {
          expect(Math.floor(session / sessionsPerTenant(plan))).toBe(tenant);
          expect(Math.floor(member / membersPerTenant(plan))).toBe(tenant);
        }
      }),
    );
  });

  it("sends as many to each session as it says", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const attempts = new Map<number, number>();
        for (const { session } of targetsOf(plan)) attempts.set(session, (attempts.get(session) ?? 0) + 1);
        expect(attempts.size).toBe(plan.tenants * sessionsPerTenant(plan));
        expect(new Set(attempts.values())).toEqual(new Set([plan.attemptsPerClass]));
      }),
    );
  });

  it("says in SQL what it says in JavaScript", () => {
    fc.assert(
      fc.property(plans, fc.nat(), (plan, any) => {
        const attempt = any % attemptsOf(plan);
        const { tenant, session, member } = sqlTargetOf(plan, String(attempt));
        expect([tenant, session, member].map(whole)).toEqual(Object.values(targetOf(plan, attempt)));
      }),
    );
  });
});

/** Arithmetic as PostgreSQL does it on integers: what is divided is cut off. */
const whole = (expression: string): number => {
  const tokens = expression.match(/\d+|[()*/%+]/g) ?? [];
  let at = 0;
  const atom = (): number => {
    if (tokens[at] !== "(") return Number(tokens[at++]);
    at++;
    const value = sum();
    at++;
    return value;
  };
  const product = (): number => {
    let value = atom();
    for (let sign = tokens[at]; sign === "*" || sign === "/" || sign === "%"; sign = tokens[at]) {
      at++;
      const right = atom();
      value = sign === "*" ? value * right : sign === "/" ? Math.trunc(value / right) : value % right;
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === "+") {
      at++;
      value += product();
    }
    return value;
  };
  return sum();
};
