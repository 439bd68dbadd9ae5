import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = {
  ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 },
};

/** Bytes a second: `50MB`, `1.5 GiB/s`. What commander calls with the value of an option; it prints the message. */
export function parseRate(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]+)(?:\/s)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  if (!(bytes >= 1)) {
    throw new InvalidArgumentError('Expected bytes a second with their unit, such as 50MB or 500kB.');
  }
  return bytes;
}
