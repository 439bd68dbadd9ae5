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
    holds: (pictures: number, folders: number) =>
      `${pictures === 1 ? '1 picture' : `${pictures.toLocaleString('en')} pictures`} in ${folders === 1 ? '1 folder' : `${folders.toLocaleString('en')} folders`}`,
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
    notCopied: 'Not copied',
    back: 'Back',
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
    files: (count: number) => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`),
    sameBytes: 'All have the very same bytes.',
    facts: 'Facts',
    size: 'Size',
    pages: 'Pages',
    frames: 'Frames',
    taken: 'Taken',
    camera: 'Camera',
    place: 'Place',
    bytes: 'File size',
    format: 'Format',
    similar: 'Looks like it',
    showAll: 'Show all',
    nothingAlike: 'Nothing else in the library looks like it.',
    zoomHint:
      'Scroll or pinch to zoom, double-click for a close look, drag to move. Keys: plus and minus, 1 for every pixel, 0 for the whole picture, Shift with an arrow to move.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    wholePicture: 'Whole picture',
    everyPixel: 'Every pixel',
    position: (at: number, total: number, isWhole: boolean) =>
      `${at.toLocaleString('en')} of ${isWhole ? '' : 'more than '}${total.toLocaleString('en')}`,
    preview: (reason: 'format' | 'size' | 'away', format: string) =>
      reason === 'format'
        ? `Preview: browsers do not show ${format.toUpperCase()} files as they are`
        : reason === 'size'
          ? 'Preview: the picture is too large to be shown here pixel by pixel'
          : 'Preview: the original cannot be reached now',
    cannotShow: 'This picture cannot be shown now: none of its files can be reached or read.',
    states: {
      changed: 'Changed since it was indexed: another picture may be in it now',
      away: 'Not there now: moved, deleted, or on a drive that is not connected',
    },
    noOriginal: 'The original cannot be downloaded now: no file holds it.',
    folderPictures: 'Pictures in this folder',
    otherFiles: 'Like it, in this folder',
    notThere: 'This picture is not in the library',
    notThereHint: 'Its files have gone, or hold something else by now.',
  },
  folder: {
    title: 'Pictures in this folder',
    count: (count: number, isWhole: boolean) =>
      `${isWhole ? '' : 'More than '}${count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`}, with those in folders below it`,
    none: 'No picture of the library lies in this folder.',
  },
  equal: {
    title: 'Equal files',
    hint: 'The same picture in several files. Nothing is ever deleted or changed here.',
    looking: 'Looking for pictures that may be equal …',
    lookingAt: (done: number, total: number) =>
      `Comparing pixels: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} pictures`,
    onlyOnce: 'The first report takes a while and goes on if you leave; later ones are quick.',
    kinds: 'Kinds of equal files',
    all: 'All',
    short: { identical: 'Same bytes', 'same-image-data': 'Same image', 'same-pixels': 'Same pixels' },
    identical: 'The same bytes',
    'same-image-data': 'The same image, other metadata',
    'same-pixels': 'The same pixels',
    meaning: {
      identical: 'These files are the same to the last byte.',
      'same-image-data':
        'The image in them is coded the same to the last byte. Only what is written beside it differs, such as dates or keywords.',
      'same-pixels': 'They are stored differently, and every pixel comes out the same.',
    },
    total: (groups: number, files: number) =>
      `${groups === 1 ? '1 group' : `${groups.toLocaleString('en')} groups`} with ${files.toLocaleString('en')} files.`,
    freeable: (size: string) => `Keeping one file of each would free ${size}.`,
    freesNothing: 'Keeping one file of each would free nothing.',
    files: (count: number) => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`),
    couldFree: (size: string) => `would free ${size}`,
    couldFreeNothing: 'would free nothing',
    furtherName: 'A further name of the file above (hard link): takes no space',
    moreFiles: (count: number) => `${count.toLocaleString('en')} more files`,
    morePictures: (count: number) => `${count.toLocaleString('en')} more pictures are in this group.`,
    none: 'No file here lies twice.',
    noneHint: 'Pictures that only look alike are found by searching.',
    notKnown: (count: number) => `Not shown, or not known yet (${count})`,
    oneFile: (count: number) =>
      `${count === 1 ? '1 picture has' : `${count.toLocaleString('en')} pictures have`} several names for one and the same file (hard links): no copies, and nothing to free.`,
    gone: (count: number) =>
      `${count === 1 ? '1 group is' : `${count.toLocaleString('en')} groups are`} not shown: fewer than two of the files are there now as they were indexed. Connect the drive, or index again.`,
    unreachable: (count: number) =>
      `Of ${count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`} it is not known yet whether it equals another: its file cannot be reached. Connect the drive, or index again.`,
    unfinished: (count: number) =>
      `Of ${count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`} it is not known yet whether it equals another: time or memory ran out. It is tried again with the next report.`,
    incomparable: (count: number) =>
      `Of ${count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`} the pixels cannot be compared, such as those of drawings (SVG).`,
    undescribed: (count: number) =>
      `${count === 1 ? '1 file was' : `${count.toLocaleString('en')} files were`} not compared: no model has described them yet. Index again.`,
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
