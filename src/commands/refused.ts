/** The problems are already on standard output; what remains is a sentence on standard error, and the exit code. */
export class Refused extends Error {}
