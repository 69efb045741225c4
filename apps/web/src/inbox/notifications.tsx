/** How messages reach the person beyond the app. */
export function Notifications() {
  return null;
}
