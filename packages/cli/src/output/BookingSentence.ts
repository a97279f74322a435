import type { Booking } from "@zmos/core";
import { penaltyText } from "./RosterSheet.ts";
import { styled } from "./Terminal.ts";

const STATES = { booked: "booked", checked_in: "checked in", no_show: "missed", cancelled: "cancelled" } as const;

/** How a booking stands, after something was done with it. */
export const bookingSentence = ({ id, status, paidBy, penalty, advisedAgainst = [] }: Booking): string =>
  [
    `${styled("bold", STATES[status])}: booking ${id}`,
    ...(paidBy.because === undefined ? [] : [`paid by ${paidBy.because}`]),
    ...(penalty === undefined ? [] : [penaltyText(penalty)]),
    ...(advisedAgainst.length === 0 ? [] : [`advised against with ${advisedAgainst.join(", ")}`]),
  ].join("; ");
