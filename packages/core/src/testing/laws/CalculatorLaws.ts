/**
 * The laws every calculator over facts must keep, as checks anyone can call on theirs, whether it computes a number, a table or
 * the rows of a database.
 *
 * - **order_free**: no order, repetition or delay of the facts changes the answer.
 * - **retractable**: recording a fact and then entering it in error leaves the answer as if it had never been recorded.
 * - **incremental_is_batch**: an answer kept up to date fact by fact is the answer computed at once.
 */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import * as Histories from "../arbitraries/Histories.ts";
import { type CheckOptions, search, type Verdict } from "./Verdict.ts";

/** Answers from facts in the order in which they arrive. Answers are compared by their JSON. */
export type Calculator = (arrival: ReadonlyArray<CalendarFact>) => unknown;

/** The same calculator, kept up to date. */
export interface Incremental<State> {
  readonly start: () => State;
  readonly add: (state: State, fact: CalendarFact) => State;
  readonly answer: (state: State) => unknown;
}

export const orderFree = (calculate: Calculator, options?: CheckOptions): Verdict =>
  search(
    "order_free",
    Histories.historyAndArrival({ maxFacts: 12 }),
    ([history, arrival]) =>
      difference(history, "recorded in order", calculate(history), "as they arrived", calculate(arrival), arrival),
    options,
  );

export const retractable = (calculate: Calculator, options?: CheckOptions): Verdict =>
  search(
    "retractable",
    fc.tuple(Histories.history({ maxFacts: 12 }), Histories.contribution, Histories.civilDate()),
    ([history, contribution, civilDate]) => {
      const recorded = { civilDate, contribution };
      const retracted = { civilDate, contribution: { ...contribution, version: 2, enteredInError: true as const } };
      const arrival = [...history, recorded, retracted];
      return difference(
        history,
        "never recorded",
        calculate(history),
        "recorded, then entered in error",
        calculate(arrival),
        arrival,
      );
    },
    options,
  );

export const incrementalIsBatch = <State>(
  calculate: Calculator,
  { start, add, answer }: Incremental<State>,
  options?: CheckOptions,
): Verdict =>
  search(
    "incremental_is_batch",
    Histories.historyAndArrival({ maxFacts: 12 }),
    ([history, arrival]) =>
      difference(
        history,
        "computed at once",
        calculate(history),
        "kept fact by fact",
        answer(arrival.reduce(add, start())),
        arrival,
      ),
    options,
  );

const difference = (
  history: ReadonlyArray<CalendarFact>,
  first: string,
  one: unknown,
  second: string,
  other: unknown,
  arrival: ReadonlyArray<CalendarFact>,
): ReadonlyArray<string> | undefined => {
  if (JSON.stringify(one) === JSON.stringify(other)) return undefined;
  return [
    `Of ${history.length} recorded versions:`,
    ...history.map((fact) => `  ${words(fact)}`),
    "arriving as:",
    ...arrival.map((fact) => `  ${words(fact)}`),
    `${first} the answer is ${JSON.stringify(one)},`,
    `${second} it is ${JSON.stringify(other)}.`,
  ];
};

const words = ({ civilDate, contribution }: CalendarFact): string =>
  [
    `${contribution.factId} version ${contribution.version} on ${CivilDate.toIso(civilDate)}`,
    ...(contribution.minutes === undefined ? [] : [`${contribution.minutes} min`]),
    ...(contribution.intensity === undefined ? [] : [contribution.intensity]),
    ...(contribution.enteredInError ? ["entered in error"] : []),
  ].join(", ");
