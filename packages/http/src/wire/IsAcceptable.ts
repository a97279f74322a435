/** Whether a client that sends this Accept header can take JSON. **Source** RFC 9110 §12.5.1; a range with q=0 is refused. */
export const isAcceptable = (accept: string | undefined): boolean => {
  if (accept === undefined || accept === "" || accept === "*/*") return true;
  return accept.split(",").some((range) => {
    const [type, ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const isRefused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !isRefused && type !== undefined && TAKEN.has(type);
  });
};

const TAKEN: ReadonlySet<string> = new Set(["*/*", "application/*", "application/json", "application/problem+json"]);
