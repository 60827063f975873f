/** A key of a kept file, as given; throws where it could point outside the place files are kept. */
export const checkedKey = (key: string): string => {
  if (key.length > 200 || !/^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*$/.test(key)) throw new Error('not a key of a kept file')
  return key
}
