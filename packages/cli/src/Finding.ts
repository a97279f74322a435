/** One thing the doctor looked at. **Shape** `problem`: how to mend it; absent where nothing is wrong. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  readonly problem?: string;
}
