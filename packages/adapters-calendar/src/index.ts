/** The timetable by RFC 5545: series that recur, and calendars that applications subscribe to. */
export * as CalendarAdapters from "./CalendarAdapters.ts";
