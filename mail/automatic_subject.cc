#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/automatic.h"

namespace majlis::mail {
namespace {

// In lower case as far as it is ASCII, with single blanks for hyphens and underscores.

// What begins such a Subject, whatever comes behind it.
constexpr std::array<std::string_view, 44> kBeginnings = {
    "automatic reply",
    "automated reply",
    "automatic response",
    "automated response",
    "auto reply",
    "auto response",
    "autoreply",
    "autoresponse",
    "out of office",
    "out of the office",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheitsmeldung",
    "réponse automatique",
    "message d'absence",
    "notification d'absence",
    "respuesta automática",
    "fuera de la oficina",
    "fuera de oficina",
    "risposta automatica",
    "fuori sede",
    "resposta automática",
    "automatisch antwoord",
    "automatiskt svar",
    "automatisk svar",
    "autosvar",
    "frånvaromeddelande",
    "automaattinen vastaus",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "automatikus válasz",
    "otomatik yanıt",
    "автоматический ответ",
    "Автоматический ответ",
    "Автоответ",
    "自动回复",
    "自動回覆",
    "自动答复",
    "自動応答",
    "自動返信",
    "자동 회신",
    "자동 응답",
    "return receipt",
    "read receipt",
};

// What does so in front of a colon and the Subject that is answered; people begin a Subject with these words too.
constexpr std::array<std::string_view, 51> kPrefixes = {
    "auto",        "auto re",       "ooo",          "oof",      "away",     "absence",     "absent",    "absente",
    "on leave",    "vacation",      "holiday",      "holidays", "abwesend", "abwesenheit", "urlaub",    "afwezig",
    "afwezigheid", "ausente",       "ausencia",     "ausência", "assente",  "assenza",     "frånvaro",  "fravær",
    "poissa",      "不在",          "부재",         "read",     "not read", "deleted",     "delivered", "lu",
    "non lu",      "gelesen",       "ungelesen",    "leído",    "letto",    "gelezen",     "lida",      "läst",
    "læst",        "lest",          "luettu",       "已读",     "已讀",     "開封済み",    "accepted",  "declined",
    "tentative",   "undeliverable", "unzustellbar",
};

std::string plain(std::string_view subject) {
  std::string result;
  for (const char c : with_plain_blanks(to_lower_ascii(subject))) {
    const bool is_gap = is_blank(c) || c == '-' || c == '_';
    if (is_gap && (result.empty() || result.back() == ' ')) continue;
    result += is_gap ? ' ' : c;
  }
  return result;
}

constexpr std::string_view kWideColon = "：";

bool stands_before_colon(std::string_view subject, std::string_view word) {
  if (!subject.starts_with(word)) return false;
  const std::string_view behind = trim(subject.substr(word.size()));
  return behind.starts_with(':') || behind.starts_with(kWideColon);
}

}  // namespace

bool has_automatic_subject(const Message& message) {
  const std::string subject = plain(message.subject());
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view begin) { return subject.starts_with(begin); }) ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view word) { return stands_before_colon(subject, word); });
}

}  // namespace majlis::mail
