import { defineConfig } from "oxlint";
import type { OxlintOverride } from "oxlint";
import { walls, zones } from "./packages/toolchain/src/Walls.ts";
import type { Wall, WallName } from "./packages/toolchain/src/Walls.ts";

/** The three rules that hold walls together; a report begins with the name of the wall. */
const rulesOf = (names: ReadonlyArray<WallName>): NonNullable<OxlintOverride["rules"]> => {
  const chosen = names.map((name) => ({ wall: walls[name] as Wall, message: `[${name}] ${walls[name].because}.` }));
  const specifiers = chosen.flatMap(({ wall, message }) => wall.specifiers?.map((regex) => ({ regex, message })) ?? []);
  // A group with exceptions must be the last of the patterns, or oxlint applies its exceptions to the others.
  const groups = chosen.flatMap(({ wall, message }) => (wall.group ? [{ group: [...wall.group], message }] : []));
  const globals = chosen.flatMap(({ wall, message }) => wall.globals?.map((name) => ({ name, message })) ?? []);
  const properties = chosen.flatMap(({ wall, message }) => wall.properties?.map((use) => ({ ...use, message })) ?? []);
  return {
    "eslint/no-restricted-imports": ["error", { patterns: [...specifiers, ...groups] }],
    "eslint/no-restricted-globals": globals.length === 0 ? "off" : ["error", ...globals],
    "eslint/no-restricted-properties": properties.length === 0 ? "off" : ["error", ...properties],
  };
};

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["**/dist/**", "examples/data/**"],
  rules: {
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-self-import": "error",
    "eslint/eqeqeq": "error",
    "eslint/no-var": "error",
    "eslint/prefer-const": "error",
    "eslint/no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "anywhere" }],
    "typescript/no-explicit-any": "error",
    "typescript/ban-ts-comment": [
      "error",
      { "ts-expect-error": "allow-with-description", "ts-ignore": true, "ts-nocheck": true, "ts-check": false },
    ],
    "typescript/consistent-type-imports": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "vitest/no-focused-tests": "error",
    "vitest/expect-expect": ["error", { assertFunctionNames: ["assert", "assert.*", "fc.assert", "expect"] }],
    "vitest/no-disabled-tests": "error",

    // A calculator may sort the array it has just made.
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    // The compiler knows when a switch is exhaustive; this rule does not.
    "typescript/consistent-return": "off",
    // A function stands beside its use, even when it could stand further out.
    "unicorn/consistent-function-scoping": "off",
    "typescript/no-misused-spread": ["error", { allow: ["string"] }],
    // A message as second argument.
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    // Properties branch on what was generated.
    "vitest/no-conditional-expect": "off",
    // `fc.integer()` is how fast-check is written.
    "import/no-named-as-default-member": "off",
    // Brands are assertions; each is made in one place, behind a constructor.
    "typescript/no-unsafe-type-assertion": "off",
    // Effect's tags and generators use both; shadowing a name one line long is no danger.
    "eslint/no-underscore-dangle": "off",
    "eslint/no-shadow": "off",
  },
  overrides: zones.map((zone) => ({ files: [...zone.files], rules: rulesOf(zone.walls) })),
});
