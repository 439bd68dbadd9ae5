import { join } from 'node:path';
import { allFiles, localName, type ModelPin, type PinnedFile, pinnedFiles } from './pin.ts';
import { hubUrl } from './pin-sources.ts';

/** How a person without a network here gets a model in place: what to download, to where, and how it is checked. */
export function placeByHand(pin: ModelPin, folder: string, environment: NodeJS.ProcessEnv): string {
  const steps = allFiles(pin).map((file) =>
    [
      `  download  ${hubUrl(pin, file, environment)}`,
      `  to        ${join(folder, localName(file))}`,
      `  checked   ${check(file)}`,
    ].join('\n'),
  );
  const flags = [
    ...(pinnedFiles(pin).some(({ sha256 }) => sha256 === null) ? [' --trust-on-first-use'] : []),
    ...(pin.licenseText === null ? [] : [' --accept-license']),
  ].join('');
  return [
    'To place it by hand, on any machine with a network:',
    ...steps,
    `then run "eidetic models pull ${pin.id}${flags}" again: it checks what is there and installs it without a download.`,
  ].join('\n');
}

function check(file: PinnedFile): string {
  const size = describeSize(file);
  return file.sha256 === null
    ? `size ${size}, SHA-256 not known yet: it is printed and locked on first use`
    : `size ${size}, SHA-256 ${file.sha256}`;
}

function describeSize({ sizeBytes, megabytes }: PinnedFile): string {
  if (sizeBytes !== null) {
    return `${sizeBytes} bytes`;
  }
  return megabytes === null ? 'not known' : `about ${megabytes} MB`;
}
