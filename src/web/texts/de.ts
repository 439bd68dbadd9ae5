import type { Texts } from './en.ts';

/** All words of the page in German. */
export const de: Texts = {
  appName: 'Eidetic',
  language: 'de',
  nav: { search: 'Suche', equal: 'Gleiche Dateien', library: 'Bibliothek', api: 'API' },
  theme: { light: 'Hell', dark: 'Dunkel', system: 'Auto', label: 'Darstellung' },
  state: {
    pictures: (count) => (count === 1 ? '1 Bild' : `${count.toLocaleString('de')} Bilder`),
    connecting: 'Verbindung wird aufgebaut…',
    starting: 'Der Server startet',
    startingHint:
      'Er öffnet seinen Index: meist ein Moment, einige Minuten, wenn ein großer neu angelegt wird. Diese Seite macht von selbst weiter.',
    stopping: 'Der Server hält an',
    stoppingHint: 'Wird er wieder gestartet, macht diese Seite von selbst weiter.',
    lost: 'Die Bibliothek ist nicht mehr da',
    offline: 'Der Server antwortet nicht',
    offlineHint:
      'Läuft er noch? Diese Seite sieht von selbst wieder nach und macht weiter, sobald er da ist.',
    busy: 'Der Server hat viel zu tun',
    busyHint:
      'Er wurde mehr gefragt, als er auf einmal beantworten kann. Diese Seite macht von selbst weiter.',
    slow: 'Das dauert länger als sonst.',
    attention: 'Etwas braucht Aufmerksamkeit',
    outdated: 'Auf dem Server läuft jetzt eine andere Version.',
    reload: 'Seite neu laden',
    retry: 'Noch einmal versuchen',
    skip: 'Zum Inhalt springen',
  },
  home: {
    dropTitle: 'Bild hierher ziehen, um Ähnliche zu finden',
    dropHint: 'oder einfügen, oder von diesem Gerät wählen',
    choose: 'Bild wählen',
    chooseShort: 'Wählen',
    newest: 'Neu in der Bibliothek',
    more: 'Mehr zeigen',
  },
  results: {
    title: 'Gesucht wird, was so aussieht',
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
    waits: (name) => `${name} wird gesucht, sobald der Server antwortet.`,
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
    folders: (count) => (count === 1 ? 'aus 1 Ordner' : `aus ${count.toLocaleString('de')} Ordnern`),
    newer: (count) =>
      count === 0
        ? 'Die Liste hat sich geändert: zeigen'
        : count === 1
          ? '1 neueres Bild zeigen'
          : `${count.toLocaleString('de')} neuere Bilder zeigen`,
  },
  search: {
    partOf: 'Gesucht wird, was wie dieser Ausschnitt aussieht',
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
    searchPart: 'Ausschnitt suchen',
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
    noneNow: 'Von den Dateien, die gerade da sind, liegt keine bekanntermaßen doppelt.',
    noneHint: 'Bilder, die nur ähnlich aussehen, findet die Suche.',
    notKnown: 'Nicht gezeigt oder noch nicht bekannt',
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
    pictures: (pictures, files, size) =>
      `${pictures.toLocaleString('de')} verschiedene Bilder in ${files.toLocaleString('de')} Dateien, ${size}`,
    copies: (count) =>
      count === 1
        ? '1 dieser Dateien hat dieselben Bytes wie eine andere.'
        : `${count.toLocaleString('de')} dieser Dateien haben dieselben Bytes wie eine andere.`,
    counting: 'Es wird gezählt, was die Bibliothek hat…',
    lookedAt: 'Alle angesehenen Dateien',
    files: 'Mit einem Bild',
    failures: 'Nicht lesbar',
    unsupported: 'Nicht gelesene Formate',
    others: 'Andere Dateien',
    failedSince: 'Doppelt gezählt',
    failedSinceHint:
      'Diese Dateien hatten ein Bild und ließen sich seither nicht lesen. Die Bibliothek behält das Bild, bis sie es wieder tun.',
    sum: 'Dateien zusammen',
    folders: 'Ordner',
    noFolders: 'Noch wurde kein Ordner indiziert.',
    elsewhere: 'Hochgeladene und einzelne Dateien',
    there: 'Erreichbar',
    away: 'Gerade nicht erreichbar',
    empty: 'Gerade leer',
    unknown: 'Sein Laufwerk antwortet nicht',
    awayHint: (reason) =>
      `Vielleicht ist sein Laufwerk nicht angeschlossen${reason === null ? '' : ` (${reason})`}. Seine Bilder bleiben in der Bibliothek.`,
    runsNow: 'Wird indiziert',
    runWaits: 'Wartet auf seinen Lauf',
    unfinished: 'Der letzte Lauf kam nicht ans Ende',
    lastRun: (when) => `Zuletzt von hier aus durchgesehen: ${when}.`,
    noLastRun: 'Von hier aus noch nicht durchgesehen; Läufe der Befehlszeile sind hier nicht vermerkt.',
    index: 'Neu indizieren',
    mayNotIndex: 'Dieser Server darf ihn nicht indizieren; in der Befehlszeile geht es.',
    rules: (rules) => `Regeln: ${rules}.`,
    noRules: 'die üblichen, ohne versteckte Dateien',
    hidden: 'auch versteckte Dateien',
    links: 'Verknüpfungen wird gefolgt',
    without: (globs) => `ohne ${globs}`,
    needsAdmin: 'Ihr Schlüssel darf das nicht sehen.',
    needsAdminHint: 'Indexläufe und nicht lesbare Dateien sieht, wer einen Schlüssel zum Verwalten hat.',
  },
  runs: {
    title: 'Indexläufe',
    hint: 'Läufe, die von dieser Seite oder über HTTP begonnen wurden. Die der Befehlszeile und von „watch“ stehen nicht hier.',
    none: 'Von hier wurde keiner begonnen.',
    queued: 'Wartet, bis er an der Reihe ist',
    running: 'Läuft',
    canceling: 'Wird angehalten',
    done: 'Fertig',
    failed: 'Konnte nicht weitermachen',
    canceled: 'Angehalten',
    begins: 'Er beginnt.',
    waits:
      'Er wartet, bis ein anderes Programm, etwa ein Lauf in der Befehlszeile, mit der Bibliothek fertig ist.',
    scan: (done) => `Die Ordner werden durchgesehen: ${done.toLocaleString('de')} Dateien`,
    embed: (done, total) =>
      `${done.toLocaleString('de')} von ${total.toLocaleString('de')} neuen oder geänderten Dateien`,
    embedFailed: (count) => `${count.toLocaleString('de')} nicht lesbar`,
    save: 'Fast fertig: Der Index wird gesichert.',
    stop: 'Anhalten',
    stopHint: 'Was schon indiziert ist, bleibt; der nächste Lauf macht dort weiter.',
    found: (count) => (count === 1 ? '1 Datei angesehen' : `${count.toLocaleString('de')} Dateien angesehen`),
    outcome: {
      indexed: 'neu oder geändert',
      unchanged: 'unverändert',
      moved: 'verschoben',
      failed: 'nicht lesbar',
      stillFailed: 'weiterhin nicht lesbar',
      unsupported: 'in nicht gelesenen Formaten',
      others: 'andere Dateien',
      removed: 'nicht mehr vorhanden',
      awayFiles: 'nicht erreichbar, bleiben',
      left: 'für den nächsten Lauf übrig',
    },
    showFailures: 'Was nicht lesbar war',
    older: 'Ältere Läufe',
    close: 'Schließen',
    indexing: 'Wird indiziert…',
  },
  failures: {
    title: 'Was nicht lesbar war',
    none: 'Alle Dateien ließen sich lesen.',
    noneChosen: 'Aus diesem Grund ist hier nichts fehlgeschlagen.',
    all: 'Alle',
    reason: 'Grund',
    folder: 'In einem Ordner, oder eine Datei',
    codes: {
      IMAGE_UNREADABLE: 'Beschädigt oder nicht lesbar',
      IMAGE_TOO_LARGE: 'Größer als erlaubt',
      FORMAT_UNSUPPORTED: 'Ein Format, das nicht gelesen wird',
      FILE_ROTTEN: 'Hat sich auf dem Laufwerk von selbst verändert',
      NOT_FOUND: 'War beim Lesen nicht da',
      INVALID_INPUT: 'Ein Name, der sich nicht verwenden lässt',
      OVERLOADED: 'Dauerte zu lange',
    },
    other: 'Ein anderer Grund',
    failedAt: (when) => `Versucht am ${when}.`,
    inNextRun: 'Der nächste Lauf versucht es noch einmal.',
    whenChanged: 'Es wird wieder versucht, wenn sich die Datei ändert.',
    retry: (count) =>
      count === 1
        ? 'Diese noch einmal versuchen'
        : `Diese ${count.toLocaleString('de')} noch einmal versuchen`,
    retryOne: 'Noch einmal versuchen',
    retryHint:
      'Eine Datei, die sich nicht lesen ließ, wird in Ruhe gelassen, bis sie sich ändert. Ist sie zum Versuchen vorgemerkt, liest der nächste Indexlauf sie auf jeden Fall.',
    marked: (count) =>
      count === 1
        ? '1 Datei wird im nächsten Indexlauf noch einmal gelesen.'
        : `${count.toLocaleString('de')} Dateien werden im nächsten Indexlauf noch einmal gelesen.`,
    outside: (count) =>
      `${count.toLocaleString('de')} liegen, wo dieser Server nicht indizieren darf, und blieben, wie sie sind; in der Befehlszeile geht es.`,
    runNow: 'Diesen Lauf jetzt beginnen',
    begun: 'Der Lauf hat begonnen.',
    more: 'Mehr zeigen',
    shown: (shown, all) => `${shown.toLocaleString('de')} von ${all.toLocaleString('de')} sind zu sehen.`,
  },
  model: {
    title: 'Wie Bilder verglichen werden',
    hint: 'Ein Modell hat jedes Bild einmal in Zahlen beschrieben. Bilder mit nahen Zahlen sehen sich ähnlich.',
    similar: 'Was ein Bild zeigt',
    copy: 'Welche Aufnahme es ist: findet bearbeitete Kopien',
    described: (count, all) =>
      count >= all
        ? 'Alle Bilder sind beschrieben.'
        : `${count.toLocaleString('de')} von ${all.toLocaleString('de')} Bildern sind beschrieben; den Rest erledigt der nächste Indexlauf.`,
    comes: (title, count, all) =>
      `Ein anderes Modell, ${title}, hat ${count.toLocaleString('de')} von ${all.toLocaleString('de')} Bildern beschrieben. Gesucht wird mit dem jetzigen, bis ein „reindex“ alle herübergebracht hat.`,
    details: 'Für Fachleute',
    name: 'Modell',
    input: 'Bilder werden betrachtet in',
    pixels: (width, height) => `${width} × ${height} Pixeln`,
    numbers: 'Zahlen je Bild',
    vectors: 'Vektoren',
    revision: 'Revision',
    bounds: 'Ähnlichkeit',
    boundsOf: (likely, unlikely) => `ähnlich ab ${likely}, nicht mehr unter ${unlikely}`,
    key: 'Hash',
  },
  server: {
    title: 'Dieser Server',
    version: 'Version',
    place: 'Die Bibliothek liegt in',
    free: 'Dort frei',
    scarce: 'Es ist wenig Platz: Die Bibliothek kann kaum noch wachsen.',
    readOnly:
      'Die Bibliothek liegt, wo nichts geschrieben werden kann: Sie lässt sich durchsuchen, aber nicht ändern.',
    well: 'Der Server weiß von keiner Störung.',
    access: 'Sie dürfen',
    scopes: {
      read: 'ansehen und suchen',
      write: 'ansehen, suchen und Bilder hinzufügen',
      admin: 'alles: indizieren, hochladen, Pfade sehen',
    },
    keysNeeded: 'Dieser Server verlangt Schlüssel.',
    keysNotNeeded: 'Dieser Server antwortet nur diesem Rechner und verlangt keinen Schlüssel.',
    docs: 'Zum Programmieren: die API und ihre Beschreibung',
    keyboard: 'Tasten',
  },
  keyboard: {
    title: 'Tasten',
    keys: [
      ['Tab', 'von einem zum nächsten'],
      ['← → ↑ ↓', 'durch die Bilder einer Seite'],
      ['Pos1, Ende', 'zum ersten Bild, zum letzten'],
      ['Eingabe', 'was diesem Bild ähnlich sieht'],
      ['← →', 'in einem Bild: zum vorigen, zum nächsten'],
      ['+ − 0 1', 'in einem Bild: größer, kleiner, ganz, 100 %'],
      ['Esc', 'zurück'],
      ['Strg V', 'nach einem kopierten Bild suchen'],
      ['?', 'diese Liste'],
    ],
  },
  firstRun: {
    title: 'Noch keine Bilder',
    hint: 'Einen Ordner mit Bildern nennen. Er wird einmal durchgesehen; danach lässt sich suchen nach dem, was ein Bild zeigt. Die Bilder bleiben, wo sie sind, und nichts an ihnen wird verändert.',
    choose: 'Welcher Ordner soll indiziert werden?',
    another: 'Noch einen Ordner indizieren',
    index: 'Indizieren',
    inside: 'Oder ein Ordner darin',
    folder: 'Ordner',
    commandLine: 'In der Befehlszeile des Rechners, auf dem der Server läuft:',
    allow: 'Um von dieser Seite aus zu indizieren, nennt man beim Start des Servers die erlaubten Ordner:',
    mayNot: 'Ihr Schlüssel darf Bilder ansehen, aber keine indizieren. Wer den Server betreibt, kann es so:',
    readOnly:
      'Diese Bibliothek liegt, wo nichts geschrieben werden kann; also lässt sich nichts in sie indizieren.',
    copy: 'Kopieren',
  },
  key: {
    title: 'Diese Bibliothek verlangt einen Schlüssel',
    again: 'Ihr Schlüssel gilt nicht mehr',
    againHint: 'Er ist abgelaufen oder wurde widerrufen. Mit einem Schlüssel geht es weiter, wo Sie waren.',
    hint: 'Wer diesen Server betreibt, macht Schlüssel mit „eidetic keys add“.',
    label: 'Schlüssel',
    enter: 'Eintreten',
    wrong: 'Dieser Schlüssel ist hier nicht bekannt oder wurde widerrufen.',
    leave: 'Abmelden',
  },
  problem: {
    title: 'Das hat nicht geklappt',
    request: (id) => `Mehr steht im Protokoll des Servers unter der Anfrage ${id}.`,
    tooLarge: 'Dieses Bild ist größer, als der Server annimmt.',
    unreadable: 'Diese Datei lässt sich nicht als Bild lesen.',
    busy: 'Der Server ist beschäftigt. Bitte gleich noch einmal versuchen.',
    notPicture: 'Das ist kein Bild.',
    mayNot: 'Das ist hier nicht erlaubt.',
    notAllowed: 'Diesen Ordner gibt es nicht, oder dieser Server darf ihn nicht indizieren.',
    readOnly: 'Die Bibliothek liegt, wo nichts geschrieben werden kann.',
    full: 'Der Datenträger ist voll.',
    waits: 'Warten auf den Server…',
  },
};
