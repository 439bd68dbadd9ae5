/** The slice of autocannon that the bench uses; it brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      readonly method: string;
      readonly path?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
    interface Client {
      on(event: 'response', listener: (status: number, bytes: number, elapsedMs: number) => void): void;
    }
    interface Options {
      readonly url: string;
      readonly connections: number;
      /** Seconds. */
      readonly duration: number;
      /** Requests a second on each connection, all at the second's beginning; as many as possible when not given. */
      readonly connectionRate?: number;
      readonly requests: readonly Request[];
      readonly setupClient?: (client: Client) => void;
    }
    interface Result {
      readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
      readonly errors: number;
      readonly '2xx': number;
      readonly non2xx: number;
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export = autocannon;
}
