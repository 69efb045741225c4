/** What a password must be. The default asks for length and keeps out what attackers try first; an office may ask for more. */
export class PasswordProfile {
  readonly minLength: number = 10;
  /** How many of 小写字母, 大写字母, 数字, 其他 must appear, 1 to 4. */
  readonly classes: number = 1;
  /** Further words that no password may hold: the city, the platform, the office. */
  readonly blocked: readonly string[] = ['peitao', '配套', 'quanzhou', '泉州'];
}
