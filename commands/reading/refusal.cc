#include "commands/reading/refusal.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/digit.h"
#include "base/text.h"
#include "commands/reading/plain_words.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {
namespace {

// In lower case as far as it is ASCII. English; French; German, Dutch; Spanish, Italian, Portuguese; Scandinavian and
// Finnish; Polish, Czech, Russian, Ukrainian; Turkish.
constexpr std::array kNegations = {
    Word{"no"},
    Word{"not"},
    Word{"never"},
    Word{"none"},
    Word{"nothing"},
    Word{"nope"},
    Word{"nor"},
    Word{"noo", Match::prefix},
    Word{"nah"},
    Word{"nobody"},
    Word{"somebody"},
    Word{"disregard"},
    Word{"neither"},
    Word{"cannot"},
    Word{"cant"},
    Word{"dont"},
    Word{"didnt"},
    Word{"doesnt"},
    Word{"wont"},
    Word{"wouldnt"},
    Word{"isnt"},
    Word{"havent"},
    Word{"wasnt"},
    Word{"n't", Match::suffix},
    Word{"refus", Match::prefix},
    Word{"declin", Match::prefix},
    Word{"reject", Match::prefix},
    Word{"deny"},
    Word{"denied"},
    Word{"ignore"},
    Word{"ignored"},
    Word{"non"},
    Word{"pas"},
    Word{"jamais"},
    Word{"rien"},
    Word{"aucun"},
    Word{"aucune"},
    Word{"ni"},
    Word{"ne"},
    Word{"n'", Match::prefix},
    Word{"déclin", Match::prefix},
    Word{"rejet", Match::prefix},
    Word{"nein"},
    Word{"nix"},
    Word{"nö"},
    Word{"personne"},
    Word{"nicht"},
    Word{"nichts"},
    Word{"nie"},
    Word{"niemals"},
    Word{"kein", Match::prefix},
    Word{"nee"},
    Word{"niet"},
    Word{"nooit"},
    Word{"geen"},
    Word{"nunca"},
    Word{"jamás"},
    Word{"nada"},
    Word{"ningún"},
    Word{"ninguna"},
    Word{"nessun", Match::prefix},
    Word{"niente"},
    Word{"não"},
    Word{"nao"},
    Word{"nei"},
    Word{"nej"},
    Word{"inte"},
    Word{"ikke"},
    Word{"aldrig"},
    Word{"aldri"},
    Word{"ei"},
    Word{"nigdy"},
    Word{"nechci"},
    Word{"нет"},
    Word{"Нет"},
    Word{"НЕТ"},
    Word{"не"},
    Word{"Не"},
    Word{"НЕ"},
    Word{"никогда"},
    Word{"ні"},
    Word{"Ні"},
    Word{"hayır"},
};

// Who is to leave may well say so.
constexpr std::array kPartings = {
    Word{"unsubscrib", Match::prefix},
    Word{"unsuscrib", Match::prefix},
    Word{"remov", Match::prefix},
    Word{"delet", Match::prefix},
    Word{"cancel", Match::prefix},
    Word{"stop", Match::prefix},
    Word{"signoff"},
    Word{"off"},
    Word{"leave"},
    Word{"spam", Match::prefix},
    Word{"junk"},
    Word{"unwanted"},
    Word{"unsolicited"},
    Word{"abus", Match::prefix},
    Word{"fraud", Match::prefix},
    Word{"scam", Match::prefix},
    Word{"phish", Match::prefix},
    Word{"fake"},
    Word{"wrong"},
    Word{"mistak", Match::prefix},
    Word{"error"},
    Word{"désinscri", Match::prefix},
    Word{"desinscri", Match::prefix},
    Word{"désabonn", Match::prefix},
    Word{"desabonn", Match::prefix},
    Word{"supprim", Match::prefix},
    Word{"retir", Match::prefix},
    Word{"enlev", Match::prefix},
    Word{"annul", Match::prefix},
    Word{"arrêt", Match::prefix},
    Word{"arret", Match::prefix},
    Word{"pourriel", Match::prefix},
    Word{"erreur", Match::prefix},
    Word{"indésirable", Match::prefix},
    Word{"abmeld", Match::prefix},
    Word{"abbestell", Match::prefix},
    Word{"austragen"},
    Word{"entfern", Match::prefix},
    Word{"lösch", Match::prefix},
    Word{"falsch"},
    Word{"irrtum"},
    Word{"afmeld", Match::prefix},
    Word{"uitschrij", Match::prefix},
    Word{"verwijder", Match::prefix},
    Word{"baja"},
    Word{"borr", Match::prefix},
    Word{"elimin", Match::prefix},
    Word{"rimuov", Match::prefix},
    Word{"disiscri", Match::prefix},
    Word{"errore"},
    Word{"отпис", Match::prefix},
    Word{"удал", Match::prefix},
    Word{"спам"},
    Word{"Спам"},
    Word{"out"},
};

// What programs that answer for people write, where no field of theirs says that they do.
constexpr std::array kAbsences = {Word{"office"},
                                  Word{"vacation"},
                                  Word{"holiday", Match::prefix},
                                  Word{"absen", Match::prefix},
                                  Word{"congé", Match::prefix},
                                  Word{"vacances"},
                                  Word{"urlaub"},
                                  Word{"ferien"},
                                  Word{"abwesen", Match::prefix},
                                  Word{"automati", Match::prefix},
                                  Word{"autoreply"},
                                  Word{"autoresponder"},
                                  Word{"ticket", Match::prefix}};

// Who has not made up his mind.
constexpr std::array kDelays = {Word{"wait", Match::prefix},
                                Word{"later"},
                                Word{"hold"},
                                Word{"tomorrow"},
                                Word{"soon"},
                                Word{"attend", Match::prefix},
                                Word{"tard"},
                                Word{"demain"},
                                Word{"patient", Match::prefix},
                                Word{"warte", Match::prefix},
                                Word{"später"},
                                Word{"morgen"},
                                Word{"espera", Match::prefix}};

// And who is not.
constexpr std::array kStays = {
    Word{"stay", Match::prefix},  Word{"keep", Match::prefix},   Word{"remain", Match::prefix},
    Word{"rest", Match::prefix},  Word{"gard", Match::prefix},   Word{"bleib", Match::prefix},
    Word{"blijv", Match::prefix}, Word{"quedar", Match::prefix}, Word{"riman", Match::prefix},
};

constexpr std::array<std::string_view, 3> kQuestionMarks = {"?", "？", "؟"};

// Where words are not parted by blanks.
constexpr std::array<std::string_view, 7> kNegationsInside = {"不", "没有", "沒有", "いいえ", "ません", "아니", "않"};

// Paragraphs that programs of firms put below whatever is written there have one of the first and none of the second:
// "I never intended to join this list of yours, keep it confidential" is a person's.
constexpr std::array<std::string_view, 10> kNotices = {
    "confidential",  "confidentiel", "vertraulich",        "confidenzial", "confidencial",
    "vertrouwelijk", "privileged",   "intended recipient", "print",        "imprim"};
constexpr std::array kFirstPersons = {Word{"i"},
                                      Word{"i'", Match::prefix},
                                      Word{"me"},
                                      Word{"my"},
                                      Word{"mine"},
                                      Word{"je"},
                                      Word{"moi"},
                                      Word{"j'", Match::prefix},
                                      Word{"m'", Match::prefix},
                                      Word{"mon"},
                                      Word{"ma"},
                                      Word{"mes"},
                                      Word{"ich"},
                                      Word{"mich"},
                                      Word{"mir"},
                                      Word{"ik"},
                                      Word{"mij"},
                                      Word{"yo"},
                                      Word{"io"},
                                      Word{"eu"}};

bool stands_in(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// "no-reply@example.org", "https://no.example"
bool is_address(std::string_view word) {
  return word.find('@') != std::string_view::npos || word.find("://") != std::string_view::npos ||
         word.starts_with("www.");
}

bool is_refusal(std::string_view word, Asked asked) {
  if (is_among(word, kNegations) || is_among(word, kAbsences)) return true;
  return asked == Asked::to_leave ? is_among(word, kStays) : is_among(word, kPartings);
}

bool is_notice(std::string_view paragraph) {
  if (!stands_in(paragraph, kNotices)) return false;
  const std::vector<std::string_view> words = letters_of(paragraph);
  return std::none_of(words.begin(), words.end(), [](std::string_view word) { return is_among(word, kFirstPersons); });
}

enum class Place { first, below };  // of a paragraph

bool paragraph_refuses(std::string_view paragraph, Place place, Asked asked) {
  if (place == Place::below && is_notice(paragraph)) return false;
  if (stands_in(paragraph, kNegationsInside)) return true;
  const std::vector<std::string_view> written = split_words(paragraph);
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (is_address(written[i]) || is_secret(written[i])) continue;
    // "Baker St. No. 5"
    const bool is_numeral = written[i] == "no." && i + 1 < written.size() && is_digit(written[i + 1].front());
    if (is_numeral) continue;
    // Who asks has not made up his mind.
    if (stands_in(written[i], kQuestionMarks)) return true;
    for (const std::string_view word : letters_of(written[i])) {
      if (is_refusal(word, asked)) return true;
    }
  }
  return false;
}

}  // namespace

bool is_absence_note(std::string_view own_words) {
  const std::string text = plain(own_words);
  const std::vector<std::string_view> words = letters_of(text);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) { return is_among(word, kAbsences); });
}

bool puts_off(std::string_view own_words) {
  if (stands_in(own_words, kQuestionMarks)) return true;
  const std::string text = plain(own_words);
  const std::vector<std::string_view> words = letters_of(text);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) { return is_among(word, kDelays); });
}

bool refuses(std::string_view own_words, Asked asked) {
  std::string paragraph;
  Place place = Place::first;
  std::string_view rest = own_words;
  for (auto line = next_line(rest); line; line = next_line(rest)) {
    if (!trim(*line).empty()) {
      paragraph += plain(*line) + " ";
      continue;
    }
    if (paragraph_refuses(paragraph, place, asked)) return true;
    if (!paragraph.empty()) place = Place::below;
    paragraph.clear();
  }
  return paragraph_refuses(paragraph, place, asked);
}

}  // namespace majlis::commands
