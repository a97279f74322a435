interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

const COPY = /^Problem_\d+$/;

/**
 * Writes the schema of problems once into an OpenAPI document. Each response names its own problems in its description, and so gets a
 * copy of the schema of its own (`Problem_1`, …), all alike.
 */
export const oneProblem = (document: Document): Document => {
  const text = JSON.stringify(document).replaceAll(
    /"#\/components\/schemas\/Problem_\d+"/g,
    '"#/components/schemas/Problem"',
  );
  const merged = JSON.parse(text) as Document;
  const schemas = Object.entries(merged.components?.schemas ?? {})
    .filter(([name]) => !COPY.test(name))
    .map(([name, schema]) => [name, name === "Problem" ? { ...schema, description: "a refusal (RFC 9457)" } : schema]);
  return {
    ...merged,
    components: { ...merged.components, schemas: Object.fromEntries(schemas) as Record<string, object> },
  };
};
