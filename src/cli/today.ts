/** The day, `2027-01-31`, by which acknowledgements that end are judged. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
