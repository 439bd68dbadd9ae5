/** Finds what a server has, whose address may have a path of its own: `https://photos.example/eidetic`. */
export class ApiAddress {
  /** With a slash at its end. */
  readonly #base: URL;

  /** @throws TypeError when the address is no URL */
  constructor(address: string) {
    this.#base = new URL(address);
    this.#base.pathname = `${this.#base.pathname.replace(/\/+$/, '')}/`;
  }

  /** Of a path of the API, such as `/v1/search`. */
  of(path: string): URL {
    return new URL(`.${path}`, this.#base);
  }

  /** Of a link in an answer, whether or not the server knows the path below which it is shown. */
  ofLink(link: string): URL {
    return link.startsWith(this.#base.pathname) ? new URL(link, this.#base) : this.of(link);
  }
}
