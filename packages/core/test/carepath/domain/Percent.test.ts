import { describe, expect, it } from "vitest";
import { percent } from "../../../src/carepath/domain/Percent.ts";

describe("a share in per cent", () => {
  it.each([
    [0, "0 %"],
    [0.29, "29 %"],
    [1 / 3, "33.3 %"],
    [0.4996, "49.9 %"],
    [0.5, "50 %"],
    [0.7999999, "79.9 %"],
    [0.8, "80 %"],
    [1, "100 %"],
  ])("of %d reads %s: below a threshold it never reads as the threshold", (share, read) => {
    expect(percent(share)).toBe(read);
  });
});
