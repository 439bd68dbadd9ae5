/** All words of the page in English; every other language has the same. */
export const en = {
  appName: 'Eidetic',
  language: 'en',
  nav: { search: 'Search', equal: 'Equal files', library: 'Library', api: 'API' },
  theme: { light: 'Light', dark: 'Dark', system: 'Auto', label: 'Appearance' },
  state: {
    pictures: (count: number) => (count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`),
    starting: 'Starting. The index is being opened.',
    stopping: 'The server is stopping.',
    lost: 'The library is not there any more.',
    offline: 'The server does not answer. Is it still running?',
    retry: 'Try again',
  },
  home: {
    dropTitle: 'Drop a picture to see what looks like it',
    dropHint: 'or paste one, or choose one from this device',
    choose: 'Choose a picture',
    chooseShort: 'Choose',
    newest: 'Newest in the library',
    more: 'Show more',
    emptyTitle: 'No pictures here yet',
    emptyHint: 'Index a folder to begin. From the command line:',
    emptyIndex: 'Or name a folder that this server may index:',
    folder: 'Folder',
    index: 'Index it',
    indexing: (done: number, total: number | null) =>
      total === null
        ? `Looking through the folder: ${done.toLocaleString('en')} files`
        : `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`,
  },
  results: {
    title: 'Looks like this',
    yourPicture: 'Your picture',
    likely: 'Looks alike',
    between: 'Perhaps',
    unlikely: 'No longer alike',
    unlikelyHint: 'From here on, pictures have little to do with it.',
    nothing: 'Nothing was found.',
    nothingAlike: 'Nothing here looks like it.',
    nothingFiltered: 'Nothing that passes the filters was found.',
    expired: 'This picture was dropped a while ago, and the server has forgotten it. Drop it again.',
    same: 'The same file',
  },
  /** Giving the page a picture to look for. */
  give: {
    camera: 'Take a photo',
    touchTitle: 'Find what looks like your picture',
    sending: (name: string) => `Sending ${name} …`,
    stop: 'Stop',
    oneOfMany: (name: string, others: number) =>
      others === 1
        ? `Looking for ${name}. One picture is looked for at a time; the other file was left aside.`
        : `Looking for ${name}. One picture is looked for at a time; the other ${others.toLocaleString('en')} files were left aside.`,
    folder:
      'That is a folder. Drop a single picture to look for it; to have a folder’s pictures found here, index it.',
    noPicture: (name: string) => `${name} is not a picture.`,
    noFetching:
      'This server does not fetch pictures from links. Save the picture first, then drop the file here.',
    link: 'Or the link of a picture',
    linkSearch: 'Search',
    linkWrong: 'This is no link that leads to a picture; it begins with https://',
    linkForbidden: 'This server may not fetch pictures from there.',
    linkNotFound: 'No picture could be fetched from this link.',
    linkNoPicture: 'What this link leads to is not a picture.',
    folders: (count: number) =>
      count === 1 ? 'from 1 folder' : `from ${count.toLocaleString('en')} folders`,
    newer: (count: number) =>
      count === 0
        ? 'The list has changed: show it'
        : count === 1
          ? 'Show 1 newer picture'
          : `Show ${count.toLocaleString('en')} newer pictures`,
  },
  /** Searching, and what is found. */
  search: {
    partOf: 'Looks like this part',
    cancel: 'Cancel',
    regionHint: 'Draw a frame around what you look for.',
    regionHintTouch: 'Draw a frame with your finger around what you look for.',
    regionKeys: 'Arrow keys move the frame, with Shift they size it, Enter searches, Escape cancels',
    betweenHint: 'Some of these show the same thing, others only share colors or shapes.',
    showUnlikely: 'Show them anyway',
    nothingAlikeFiltered: 'Nothing that passes the filters looks like it.',
    loadingMore: 'More are on their way …',
    cut: (count: number) =>
      `The first ${count.toLocaleString('en')} are shown, and lists go no further. Filters find what lies beyond.`,
    takeOut: (name: string) => (name === '' ? 'Take out' : `Take out ${name}`),
    inFolder: (folder: string) => `in ${folder}`,
    takenFrom: (day: string) => `from ${day}`,
    takenUntil: (day: string) => `until ${day}`,
    asWide: (pixels: number) => `${pixels.toLocaleString('en')} pixels wide or more`,
    widthWrong: (most: number) => `A whole number from 1 to ${most.toLocaleString('en')}`,
    datesSwapped: 'The first day comes after the last, so nothing can match.',
    swapDates: 'Swap them',
  },
  /** What is written on and below a picture of a list. */
  tile: {
    menu: 'More actions',
    similarity: 'Similarity: 1 is the same picture, 0 has nothing to do with it',
    away: 'away',
    awayHint:
      'No file of this picture can be seen at the moment: its drive is not connected, or it was moved or deleted. It stays in the library.',
    copies: (count: number) => `${count.toLocaleString('en')}×`,
    copiesHint: (count: number) => `${count.toLocaleString('en')} files hold this very picture`,
  },
  actions: {
    moreLikeThis: 'More like this',
    lessLikeThis: 'Less like this',
    open: 'Open',
    searchPart: 'Search a part',
    wholePicture: 'The whole picture',
    searchFromHere: 'What looks like it',
    copyPath: 'Copy path',
    copied: 'Copied',
    download: 'Original file',
    close: 'Close',
    next: 'Next picture',
    previous: 'Previous picture',
    clear: 'Clear',
  },
  filters: {
    title: 'Filters',
    folder: 'Folder',
    format: 'Format',
    after: 'Taken from',
    before: 'Taken until',
    width: 'At least this wide (pixels)',
    none: 'No filters',
  },
  picture: {
    files: (count: number) =>
      count === 1 ? '1 file' : `${count.toLocaleString('en')} files with these bytes`,
    facts: 'Facts',
    size: 'Size',
    taken: 'Taken',
    camera: 'Camera',
    place: 'Place',
    bytes: 'File size',
    format: 'Format',
    similar: 'Looks like it',
    zoomHint: 'Scroll or pinch to zoom, drag to move',
    otherFiles: 'Like it, in this folder',
  },
  equal: {
    title: 'Equal files',
    hint: 'Files that hold the same picture. Nothing is ever deleted here.',
    looking: 'Looking at pixels. The first report takes a while, later ones are quick.',
    identical: 'The same bytes',
    'same-image-data': 'The same image, other metadata',
    'same-pixels': 'The same pixels',
    similar: 'Similar',
    none: 'No file here lies twice.',
    unknown: (count: number) =>
      count === 1
        ? 'Of 1 picture it is not known yet whether it equals another: its file could not be reached or compared.'
        : `Of ${count.toLocaleString('en')} pictures it is not known yet whether they equal another: their files could not be reached or compared.`,
  },
  library: {
    title: 'Library',
    folders: 'Folders',
    folder: 'Folder',
    files: 'Files',
    pictures: 'Pictures',
    failures: 'Failures',
    unsupported: 'Formats not read',
    others: 'Other files',
    rules: 'Rules',
    noRules: 'as by default',
    hidden: 'with hidden files',
    links: 'follows links',
    without: (globs: string) => `without ${globs}`,
    jobs: 'Index runs',
    noJobs: 'None was begun from here.',
    cancel: 'Stop',
    failuresTitle: 'What could not be indexed',
    noFailures: 'Nothing.',
    retry: 'Try them again in the next run',
    marked: (count: number) => `${count.toLocaleString('en')} will be tried again in the next run.`,
    outside: (count: number) =>
      `${count.toLocaleString('en')} lie where this server may not index; index them from the command line.`,
    needsAdmin: 'Your key may not see this.',
    keys: 'Keys',
    keysNeeded: 'This server asks for keys.',
    keysNotNeeded: 'This server answers this machine alone and asks for no key.',
  },
  key: {
    title: 'This library asks for a key',
    label: 'Key',
    enter: 'Enter',
    wrong: 'This key is not known here, or was revoked.',
    leave: 'Leave',
  },
  problem: {
    title: 'That did not work',
    request: (id: string) => `Request ${id}`,
    tooLarge: 'This picture is larger than the server takes.',
    unreadable: 'This file cannot be read as a picture.',
    busy: 'The server is busy. Try again in a moment.',
    notPicture: 'That is not a picture.',
  },
};

export type Texts = typeof en;
