/**
 * A moment as the clock of the camera showed it, whatever the zone of this browser, with the camera's offset where it is
 * known; a text that is no moment as it is.
 * @param time ISO 8601
 */
export function readableTime(time: string, language: string): string {
  const [, local, offset = ''] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/.exec(time) ?? [];
  const moment = new Date(`${local}Z`);
  if (local === undefined || Number.isNaN(moment.getTime())) {
    return time;
  }
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const zone = offset === '' ? '' : ` (UTC${offset === 'Z' ? '' : offset})`;
  return words.format(moment) + zone;
}
