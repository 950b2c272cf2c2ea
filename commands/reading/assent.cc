#include "commands/reading/assent.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/plain_words.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLineWords = 12;
constexpr std::size_t kFirstWords = 4;

// English; French; German, Dutch; Spanish, Italian, Portuguese; Scandinavian and Finnish; Slavic; Turkish, Hungarian,
// Greek.
constexpr std::array kAssents = {Word{"yes"},
                                 Word{"yep"},
                                 Word{"yeah"},
                                 Word{"yess", Match::prefix},
                                 Word{"ok"},
                                 Word{"okay"},
                                 Word{"sure"},
                                 Word{"agree"},
                                 Word{"agreed"},
                                 Word{"confirm", Match::prefix},
                                 Word{"accept", Match::prefix},
                                 Word{"approv", Match::prefix},
                                 Word{"subscribe"},
                                 Word{"unsubscribe"},
                                 Word{"join"},
                                 Word{"add"},
                                 Word{"remove"},
                                 Word{"leave"},
                                 Word{"do"},
                                 Word{"here"},
                                 Word{"works"},
                                 Word{"renew", Match::prefix},
                                 Word{"continue"},
                                 Word{"stay"},
                                 Word{"keep"},
                                 Word{"oui"},
                                 Word{"d'accord"},
                                 Word{"approuv", Match::prefix},
                                 Word{"volontiers"},
                                 Word{"inscri", Match::prefix},
                                 Word{"abonne", Match::prefix},
                                 Word{"désabonne", Match::prefix},
                                 Word{"ja"},
                                 Word{"jawohl"},
                                 Word{"gerne"},
                                 Word{"bestätig", Match::prefix},
                                 Word{"einverstanden"},
                                 Word{"bevestig", Match::prefix},
                                 Word{"akkoord"},
                                 Word{"sí"},
                                 Word{"sì"},
                                 Word{"si"},
                                 Word{"acepto"},
                                 Word{"accetto"},
                                 Word{"aceito"},
                                 Word{"vale"},
                                 Word{"claro"},
                                 Word{"certo"},
                                 Word{"sim"},
                                 Word{"jo"},
                                 Word{"kyllä"},
                                 Word{"potwierdzam"},
                                 Word{"tak"},
                                 Word{"ano"},
                                 Word{"да"},
                                 Word{"Да"},
                                 Word{"так"},
                                 Word{"Так"},
                                 Word{"evet"},
                                 Word{"igen"},
                                 Word{"ναι"},
                                 Word{"Ναι"}};

// Where words are not parted by blanks, or the word is whole.
constexpr std::array<std::string_view, 8> kWholeAssents = {"はい", "是", "是的", "好", "同意", "네", "예", "نعم"};

bool line_assents(std::string_view line) {
  if (std::find(kWholeAssents.begin(), kWholeAssents.end(), line) != kWholeAssents.end()) return true;
  const std::string plain_line = plain(line);
  const std::vector<std::string_view> written = split_words(plain_line);
  if (written.size() > kMaxLineWords) return false;
  std::size_t count = 0;
  for (const std::string_view word : written) {
    if (is_secret(word)) continue;
    for (const std::string_view letters : letters_of(word)) {
      if (++count > kFirstWords) return false;
      if (is_among(letters, kAssents)) return true;
    }
  }
  return false;
}

}  // namespace

bool assents(std::string_view own_words) {
  bool is_empty = true;
  while (const auto written = next_line(own_words)) {
    const std::string_view line = trim(*written);
    if (line.empty()) continue;
    is_empty = false;
    if (line_assents(line)) return true;
    if (!is_greeting(line)) return false;
  }
  return is_empty;
}

}  // namespace majlis::commands
