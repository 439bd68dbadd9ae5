/** Told what a person should know: one sentence a call. */
export type Say = (message: string) => void;
