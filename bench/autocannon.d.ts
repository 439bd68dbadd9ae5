/** The slice of autocannon that the bench uses; it brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    interface Options {
      readonly url: string;
      readonly connections: number;
      /** Requests a second on each connection, all at the second's beginning. */
      readonly connectionRate: number;
      /** Seconds. */
      readonly duration: number;
      readonly requests: ReadonlyArray<{
        readonly method: string;
        readonly path: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: Buffer;
      }>;
    }
    interface Result {
      readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
      readonly errors: number;
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export = autocannon;
}
