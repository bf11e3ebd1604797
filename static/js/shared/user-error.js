/** An error whose message is a sentence for the person; all others are faults of the page. */
export class UserError extends Error {}
