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
  give: {
    camera: 'Foto aufnehmen',
    touchTitle: 'Finden, was dem eigenen Bild ähnlich sieht',
    sending: (name) => `${name} wird gesendet …`,
    stop: 'Anhalten',
    oneOfMany: (name, others) =>
      others === 1
        ? `Gesucht wird ${name}. Es geht ein Bild auf einmal; die andere Datei bleibt beiseite.`
        : `Gesucht wird ${name}. Es geht ein Bild auf einmal; die ${others.toLocaleString('de')} anderen Dateien bleiben beiseite.`,
    folder:
      'Das ist ein Ordner. Zum Suchen ein einzelnes Bild ablegen; damit die Bilder eines Ordners hier gefunden werden, muss er indiziert werden.',
    noPicture: (name) => `${name} ist kein Bild.`,
    noFetching:
      'Dieser Server holt keine Bilder über Links. Bitte das Bild erst speichern und dann die Datei hier ablegen.',
    link: 'Oder der Link eines Bildes',
    linkSearch: 'Suchen',
    linkWrong: 'Das ist kein Link, der zu einem Bild führt; er beginnt mit https://',
    linkForbidden: 'Von dort darf dieser Server keine Bilder holen.',
    linkNotFound: 'Über diesen Link war kein Bild zu bekommen.',
    linkNoPicture: 'Wohin dieser Link führt, das ist kein Bild.',
    holds: (pictures, folders) =>
      `${pictures === 1 ? '1 Bild' : `${pictures.toLocaleString('de')} Bilder`} in ${folders === 1 ? '1 Ordner' : `${folders.toLocaleString('de')} Ordnern`}`,
    newer: (count) =>
      count === 0
        ? 'Die Liste hat sich geändert: zeigen'
        : count === 1
          ? '1 neueres Bild zeigen'
          : `${count.toLocaleString('de')} neuere Bilder zeigen`,
  },
  search: {
    partOf: 'Sieht aus wie dieser Ausschnitt',
    cancel: 'Abbrechen',
    regionHint: 'Einen Rahmen um das ziehen, was gesucht wird.',
    regionHintTouch: 'Mit dem Finger einen Rahmen um das ziehen, was gesucht wird.',
    regionKeys:
      'Pfeiltasten bewegen den Rahmen, mit der Umschalttaste ändern sie seine Größe, Enter sucht, Escape bricht ab',
    betweenHint: 'Einige davon zeigen dasselbe, andere haben nur Farben oder Formen gemeinsam.',
    showUnlikely: 'Trotzdem zeigen',
    nothingAlikeFiltered: 'Nichts, das durch die Filter kommt, sieht ihm ähnlich.',
    loadingMore: 'Weitere sind unterwegs …',
    cut: (count) =>
      `Die ersten ${count.toLocaleString('de')} sind zu sehen, weiter reichen Listen nicht. Filter finden, was dahinter liegt.`,
    takeOut: (name) => (name === '' ? 'Herausnehmen' : `${name} herausnehmen`),
    inFolder: (folder) => `in ${folder}`,
    takenFrom: (day) => `ab ${day}`,
    takenUntil: (day) => `bis ${day}`,
    asWide: (pixels) => `mindestens ${pixels.toLocaleString('de')} Pixel breit`,
    widthWrong: (most) => `Eine ganze Zahl von 1 bis ${most.toLocaleString('de')}`,
    datesSwapped: 'Der erste Tag liegt nach dem letzten, so kann nichts passen.',
    swapDates: 'Vertauschen',
  },
  tile: {
    menu: 'Weitere Aktionen',
    similarity: 'Ähnlichkeit: 1 ist dasselbe Bild, 0 hat nichts damit zu tun',
    away: 'nicht da',
    awayHint:
      'Keine Datei dieses Bildes ist gerade zu sehen: Ihr Laufwerk ist nicht verbunden, oder sie wurde verschoben oder gelöscht. In der Bibliothek bleibt es.',
    copies: (count) => `${count.toLocaleString('de')}×`,
    copiesHint: (count) => `${count.toLocaleString('de')} Dateien enthalten genau dieses Bild`,
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
    files: (count) => (count === 1 ? '1 Datei' : `${count.toLocaleString('de')} Dateien mit diesen Bytes`),
    facts: 'Angaben',
    size: 'Größe',
    taken: 'Aufgenommen',
    camera: 'Kamera',
    place: 'Ort',
    bytes: 'Dateigröße',
    format: 'Format',
    similar: 'Sieht ihm ähnlich',
    zoomHint: 'Scrollen oder spreizen zum Vergrößern, ziehen zum Verschieben',
    otherFiles: 'Ähnliches in diesem Ordner',
  },
  equal: {
    title: 'Gleiche Dateien',
    hint: 'Dateien mit demselben Bild. Hier wird niemals etwas gelöscht.',
    looking: 'Die Pixel werden verglichen. Der erste Bericht braucht eine Weile, spätere sind schnell.',
    identical: 'Dieselben Bytes',
    'same-image-data': 'Dasselbe Bild, andere Metadaten',
    'same-pixels': 'Dieselben Pixel',
    similar: 'Ähnlich',
    none: 'Keine Datei liegt hier doppelt.',
    unknown: (count) =>
      count === 1
        ? 'Von 1 Bild ist noch nicht bekannt, ob es einem anderen gleicht: Seine Datei war nicht erreichbar oder nicht vergleichbar.'
        : `Von ${count.toLocaleString('de')} Bildern ist noch nicht bekannt, ob sie anderen gleichen: Ihre Dateien waren nicht erreichbar oder nicht vergleichbar.`,
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
