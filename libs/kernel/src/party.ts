/**
 * Who acts for a firm: the enterprise (USCC) and the registration under which its people act. Several registrations may
 * stand on one code until the office confirms one, and none sees another's data: rows belong to the registration.
 */
export type Party = { readonly enterprise: string; readonly registration: string };
