/** The title's ways into rooms, and why one is back there, in French. A part of ../fr.ts. */
import type { Strings } from "#client/ui/strings/strings.ts";

export const frontFr: Strings["front"] = {
  host: "Créer une salle",
  browse: "Voir les salles",
  byCode: "Entrer un code",
  back: "Retour au titre",
  loading: "Un instant",
  notLoaded: {
    title: "Une partie de la page manque",
    body: "Elle n’a pas pu être chargée : la connexion a échoué, ou il y a une nouvelle version.",
  },
  mode: "Mode",
  anyMode: "Tous les modes",
  refused: {
    badToken: "Le serveur ne vous reconnaissait plus. Réessayez.",
    roomUnknown: "Cette salle n’existe plus.",
    roomEnded: "Cette salle est terminée.",
    roomLocked: "L’hôte a verrouillé cette salle : personne d’autre n’entre pour le moment.",
    tooMany: "Trop d’essais en peu de temps. Attendez un peu, puis réessayez.",
    wrongPassword: "Ce n’est pas le mot de passe.",
    banned: "L’hôte vous a banni de cette salle.",
    roomFull: "Cette salle est pleine.",
    noSpectators: "Personne ne peut regarder dans cette salle.",
    badSettings: "Le serveur n’accepte pas ces réglages.",
    serverFull: "Ce serveur est plein. Réessayez dans une demi-minute.",
  },
  ended: {
    kicked: "L’hôte vous a fait sortir. Vous pouvez revenir.",
    banned: "L’hôte vous a banni de la salle.",
    takenOver: "Vous jouez dans un autre onglet : il a repris votre place.",
    roomEnded: "La salle est restée vide trop longtemps, et s’est terminée.",
    gone: "La salle n’est plus là : elle n’a pas survécu au redémarrage du serveur.",
  },
  offers: {
    backToRoom: "Retour à la salle",
    takeBack: "La reprendre ici",
    otherRooms: "Voir les salles",
    hostAgain: "La recréer",
  },
};
