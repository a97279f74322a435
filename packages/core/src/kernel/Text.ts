import * as Schema from "effect/Schema";

/**
 * Characters that no stored text may hold: NUL and the other controls (PostgreSQL refuses NUL), lone surrogates (a driver would
 * change them silently), and invisible characters that make two names look alike.
 */
// oxlint-disable-next-line no-control-regex -- controls are what is looked for
const UNSAFE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/;

const isStorable = Schema.makeFilter<string>((text) =>
  !text.isWellFormed()
    ? "Expected well-formed Unicode: it holds half of a surrogate pair"
    : UNSAFE.test(text)
      ? "Expected text without control or invisible characters"
      : undefined,
);

/** A name people read: one to 200 characters, no blanks at either end. */
export const Name = Schema.String.check(isStorable, Schema.isTrimmed(), Schema.isNonEmpty(), Schema.isMaxLength(200));

/** A longer text people read: up to 4,000 characters. */
export const Prose = Schema.String.check(isStorable, Schema.isMaxLength(4_000));

/** An identifier somebody else made: one to 200 characters, kept to the letter. */
export const ExternalId = Schema.String.check(isStorable, Schema.isNonEmpty(), Schema.isMaxLength(200));

/** An electronic mail address, as far as a machine can tell without writing to it. */
export const Email = Schema.String.check(
  isStorable,
  Schema.isMaxLength(254),
  Schema.isPattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { expected: "an e-mail address" }),
);

/** A telephone number as people write it: digits with `+`, blanks, dots, dashes and brackets. */
export const PhoneNumber = Schema.String.check(
  Schema.isPattern(/^\+?[0-9 ().-]{3,30}$/, { expected: "a telephone number" }),
);
