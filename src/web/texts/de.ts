import type { Texts } from './en.ts';

/** All words of the page in German. */
export const de: Texts = {
  appName: 'Eidetic',
  language: 'de',
  nav: { search: 'Suche', equal: 'Gleiche Dateien', library: 'Bibliothek', api: 'API' },
  theme: { light: 'Hell', dark: 'Dunkel', system: 'Auto', label: 'Darstellung' },
  state: {
    pictures: (count) => (count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bilder`),
    starting: 'Der Server startet und öffnet den Index.',
    stopping: 'Der Server hält gerade an.',
    lost: 'Die Bibliothek ist nicht mehr da.',
    offline: 'Der Server antwortet nicht. Läuft er noch?',
    retry: 'Noch einmal versuchen',
  },
  home: {
    dropTitle: 'Bild hierher ziehen, um Ähnliche zu finden',
    dropHint: 'oder einfügen, oder von diesem Gerät wählen',
    choose: 'Bild wählen',
    chooseShort: 'Wählen',
    newest: 'Neu in der Bibliothek',
    more: 'Mehr zeigen',
    emptyTitle: 'Noch keine Bilder',
    emptyHint: 'Zum Anfangen einen Ordner indizieren. In der Befehlszeile:',
    emptyIndex: 'Oder einen Ordner nennen, den dieser Server indizieren darf:',
    folder: 'Ordner',
    index: 'Indizieren',
    indexing: (done, total) =>
      total === null
        ? `Der Ordner wird durchgesehen: ${done.toLocaleString('de')} Dateien`
        : `${done.toLocaleString('de')} von ${total.toLocaleString('de')} Dateien`,
  },
  results: {
    title: 'Sieht so aus',
    yourPicture: 'Ihr Bild',
    likely: 'Sieht ähnlich aus',
    between: 'Vielleicht',
    unlikely: 'Nicht mehr ähnlich',
    unlikelyHint: 'Ab hier haben die Bilder wenig damit zu tun.',
    nothing: 'Nichts gefunden.',
    nothingAlike: 'Nichts hier sieht ihm ähnlich.',
    nothingFiltered: 'Nichts gefunden, das durch die Filter kommt.',
    expired:
      'Dieses Bild wurde vor einer Weile abgelegt, und der Server hat es vergessen. Bitte noch einmal.',
    same: 'Dieselbe Datei',
  },
  actions: {
    moreLikeThis: 'Mehr davon',
    lessLikeThis: 'Weniger davon',
    open: 'Öffnen',
    searchPart: 'Einen Ausschnitt suchen',
    wholePicture: 'Das ganze Bild',
    searchFromHere: 'Was ihm ähnlich sieht',
    copyPath: 'Pfad kopieren',
    copied: 'Kopiert',
    notCopied: 'Nicht kopiert',
    back: 'Zurück',
    download: 'Originaldatei',
    close: 'Schließen',
    next: 'Nächstes Bild',
    previous: 'Voriges Bild',
    clear: 'Leeren',
  },
  filters: {
    title: 'Filter',
    folder: 'Ordner',
    format: 'Format',
    after: 'Aufgenommen ab',
    before: 'Aufgenommen bis',
    width: 'Mindestens so breit (Pixel)',
    none: 'Keine Filter',
  },
  picture: {
    files: (count) => (count === 1 ? '1 Datei' : `${count.toLocaleString('de')} Dateien`),
    sameBytes: 'Alle haben genau dieselben Bytes.',
    facts: 'Angaben',
    size: 'Größe',
    pages: 'Seiten',
    frames: 'Einzelbilder',
    taken: 'Aufgenommen',
    camera: 'Kamera',
    place: 'Ort',
    bytes: 'Dateigröße',
    format: 'Format',
    similar: 'Sieht ihm ähnlich',
    showAll: 'Alle zeigen',
    nothingAlike: 'Nichts anderes in der Bibliothek sieht ihm ähnlich.',
    zoomHint:
      'Scrollen oder spreizen zum Vergrößern, Doppelklick zum genauen Hinsehen, ziehen zum Verschieben. Tasten: Plus und Minus, 1 für jedes Pixel, 0 für das ganze Bild, Umschalt mit Pfeil zum Verschieben.',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    wholePicture: 'Ganzes Bild',
    everyPixel: 'Jedes Pixel',
    position: (at, total, isWhole) =>
      `${at.toLocaleString('de')} von ${isWhole ? '' : 'mehr als '}${total.toLocaleString('de')}`,
    preview: (reason, format) =>
      reason === 'format'
        ? `Vorschau: Browser zeigen ${format.toUpperCase()}-Dateien nicht, wie sie sind`
        : reason === 'size'
          ? 'Vorschau: Das Bild ist zu groß, um hier Pixel für Pixel gezeigt zu werden'
          : 'Vorschau: Die Originaldatei ist gerade nicht erreichbar',
    cannotShow:
      'Dieses Bild lässt sich gerade nicht zeigen: Keine seiner Dateien ist erreichbar oder lesbar.',
    states: {
      changed: 'Seit dem Indizieren geändert: Es kann inzwischen ein anderes Bild darin sein',
      away: 'Gerade nicht da: verschoben, gelöscht oder auf einem Laufwerk, das nicht angeschlossen ist',
    },
    noOriginal: 'Die Originaldatei lässt sich gerade nicht laden: Keine Datei enthält sie.',
    folderPictures: 'Bilder in diesem Ordner',
    otherFiles: 'Ähnliches in diesem Ordner',
    notThere: 'Dieses Bild ist nicht in der Bibliothek',
    notThereHint: 'Es kann die Bibliothek verlassen haben, oder die Adresse stimmt nicht.',
  },
  folder: {
    title: 'Bilder in diesem Ordner',
    count: (count, isWhole) =>
      `${isWhole ? '' : 'Mehr als '}${count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bilder`}, mit denen in Ordnern darunter`,
    none: 'Kein Bild der Bibliothek liegt in diesem Ordner.',
  },
  equal: {
    title: 'Gleiche Dateien',
    hint: 'Dasselbe Bild in mehreren Dateien. Hier wird niemals etwas gelöscht oder geändert.',
    looking: 'Bilder, die gleich sein können, werden gesucht …',
    lookingAt: (done, total) =>
      `Pixel werden verglichen: ${done.toLocaleString('de')} von ${total.toLocaleString('de')} Bildern`,
    onlyOnce:
      'Der erste Bericht braucht eine Weile und läuft weiter, auch wenn niemand zusieht; spätere sind schnell.',
    kinds: 'Arten gleicher Dateien',
    all: 'Alle',
    short: { identical: 'Gleiche Bytes', 'same-image-data': 'Gleiches Bild', 'same-pixels': 'Gleiche Pixel' },
    identical: 'Dieselben Bytes',
    'same-image-data': 'Dasselbe Bild, andere Metadaten',
    'same-pixels': 'Dieselben Pixel',
    meaning: {
      identical: 'Diese Dateien sind bis aufs letzte Byte gleich.',
      'same-image-data':
        'Das Bild darin ist bis aufs letzte Byte gleich gespeichert. Nur was daneben steht, ist anders, etwa Datum oder Stichwörter.',
      'same-pixels': 'Sie sind verschieden gespeichert, und jedes Pixel ist am Ende gleich.',
    },
    total: (groups, files) =>
      `${groups === 1 ? '1 Gruppe' : `${groups.toLocaleString('de')} Gruppen`} mit ${files.toLocaleString('de')} Dateien.`,
    freeable: (size) => `Von jeder nur eine Datei zu behalten, würde ${size} frei machen.`,
    freesNothing: 'Von jeder nur eine Datei zu behalten, würde nichts frei machen.',
    files: (count) => (count === 1 ? '1 Datei' : `${count.toLocaleString('de')} Dateien`),
    couldFree: (size) => `würde ${size} frei machen`,
    couldFreeNothing: 'würde nichts frei machen',
    furtherName: 'Ein weiterer Name der Datei darüber (Hardlink): belegt keinen Platz',
    moreFiles: (count) => `${count.toLocaleString('de')} weitere Dateien`,
    morePictures: (count) => `${count.toLocaleString('de')} weitere Bilder sind in dieser Gruppe.`,
    none: 'Keine Datei liegt hier doppelt.',
    noneHint: 'Bilder, die nur ähnlich aussehen, findet die Suche.',
    notKnown: (count) => `Nicht gezeigt oder noch nicht bekannt (${count})`,
    oneFile: (count) =>
      `${count === 1 ? '1 Bild hat' : `${count.toLocaleString('de')} Bilder haben`} mehrere Namen für ein und dieselbe Datei (Hardlinks): keine Kopien, und nichts frei zu machen.`,
    gone: (count) =>
      `${count === 1 ? '1 Gruppe wird' : `${count.toLocaleString('de')} Gruppen werden`} nicht gezeigt: Weniger als zwei der Dateien sind gerade so da, wie sie indiziert wurden. Das Laufwerk anschließen oder noch einmal indizieren.`,
    unreachable: (count) =>
      `Von ${count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bildern`} ist noch nicht bekannt, ob es einem anderen gleicht: Seine Datei ist nicht erreichbar. Das Laufwerk anschließen oder noch einmal indizieren.`,
    unfinished: (count) =>
      `Von ${count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bildern`} ist noch nicht bekannt, ob es einem anderen gleicht: Zeit oder Speicher hat nicht gereicht. Der nächste Bericht versucht es wieder.`,
    incomparable: (count) =>
      `Von ${count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bildern`} lassen sich die Pixel nicht vergleichen, etwa bei Zeichnungen (SVG).`,
    undescribed: (count) =>
      `${count === 1 ? '1 Datei wurde' : `${count.toLocaleString('de')} Dateien wurden`} nicht verglichen: Noch kein Modell hat sie beschrieben. Noch einmal indizieren.`,
  },
  library: {
    title: 'Bibliothek',
    folders: 'Ordner',
    folder: 'Ordner',
    files: 'Dateien',
    pictures: 'Bilder',
    failures: 'Fehler',
    unsupported: 'Nicht gelesene Formate',
    others: 'Andere Dateien',
    rules: 'Regeln',
    noRules: 'wie üblich',
    hidden: 'mit versteckten Dateien',
    links: 'folgt Verknüpfungen',
    without: (globs) => `ohne ${globs}`,
    jobs: 'Indexläufe',
    noJobs: 'Von hier wurde keiner begonnen.',
    cancel: 'Anhalten',
    failuresTitle: 'Was nicht indiziert werden konnte',
    noFailures: 'Nichts.',
    retry: 'Im nächsten Lauf noch einmal versuchen',
    marked: (count) => `${count.toLocaleString('de')} werden im nächsten Lauf noch einmal versucht.`,
    outside: (count) =>
      `${count.toLocaleString('de')} liegen, wo dieser Server nicht indizieren darf; in der Befehlszeile geht es.`,
    needsAdmin: 'Ihr Schlüssel darf das nicht sehen.',
    keys: 'Schlüssel',
    keysNeeded: 'Dieser Server verlangt Schlüssel.',
    keysNotNeeded: 'Dieser Server antwortet nur diesem Rechner und verlangt keinen Schlüssel.',
  },
  key: {
    title: 'Diese Bibliothek verlangt einen Schlüssel',
    label: 'Schlüssel',
    enter: 'Eintreten',
    wrong: 'Dieser Schlüssel ist hier nicht bekannt oder wurde widerrufen.',
    leave: 'Abmelden',
  },
  problem: {
    title: 'Das hat nicht geklappt',
    request: (id) => `Anfrage ${id}`,
    tooLarge: 'Dieses Bild ist größer, als der Server annimmt.',
    unreadable: 'Diese Datei lässt sich nicht als Bild lesen.',
    busy: 'Der Server ist beschäftigt. Bitte gleich noch einmal versuchen.',
    notPicture: 'Das ist kein Bild.',
  },
};
