/** The kind of data that says which picture of the library is dragged. */
const KIND = 'application/x-eidetic-picture';

export function dragPicture(data: DataTransfer | null, id: number): void {
  data?.setData(KIND, String(id));
}

/** Whether a picture of this page is dragged; which one is told when it is dropped. */
export function isPictureDragged(data: DataTransfer | null): boolean {
  return data?.types.includes(KIND) ?? false;
}

/** The picture that was dropped; null for something else. */
export function draggedPicture(data: DataTransfer | null): number | null {
  const id = Number(data?.getData(KIND) ?? 0);
  return id > 0 ? id : null;
}
