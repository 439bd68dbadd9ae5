import type { CameraFacts } from '../domain/picture.ts';

/**
 * An XMP sidecar with facts of a picture, as photo programs read it (Adobe, XMP specification part 2).
 * @returns null when there is nothing to say
 */
export function sidecarXmp({ takenAt, camera, latitude, longitude }: CameraFacts): string | null {
  const properties = [
    ...(takenAt === null
      ? []
      : [
          `exif:DateTimeOriginal="${inAttribute(takenAt)}"`,
          `photoshop:DateCreated="${inAttribute(takenAt)}"`,
        ]),
    ...(camera === null ? [] : [`tiff:Model="${inAttribute(camera)}"`]),
    ...(latitude === null || longitude === null
      ? []
      : [
          `exif:GPSLatitude="${degrees(latitude, 'N', 'S')}"`,
          `exif:GPSLongitude="${degrees(longitude, 'E', 'W')}"`,
        ]),
  ];
  if (properties.length === 0) {
    return null;
  }
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    ${properties.join('\n    ')}/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

/** What a picture knows and another one does not. */
export function factsBeyond(known: CameraFacts, other: CameraFacts): CameraFacts {
  const hasPlace = other.latitude !== null && other.longitude !== null;
  return {
    takenAt: other.takenAt === null ? known.takenAt : null,
    camera: other.camera === null ? known.camera : null,
    latitude: hasPlace ? null : known.latitude,
    longitude: hasPlace ? null : known.longitude,
  };
}

/** `47,22.2136N`: whole degrees, and minutes with their fraction. */
function degrees(value: number, positive: string, negative: string): string {
  const whole = Math.trunc(Math.abs(value));
  const minutes = (Math.abs(value) - whole) * 60;
  return `${whole},${minutes.toFixed(6)}${value < 0 ? negative : positive}`;
}

/** XML knows no control characters, and cameras write some. */
function inAttribute(text: string): string {
  const shown = [...text].filter(
    (character) => character >= ' ' && character !== '\ufffe' && character !== '\uffff',
  );
  return shown.join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
