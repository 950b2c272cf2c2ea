// Says what the verifier makes of messages: dkim_words KEYS FILE... KEYS is a file of lines "NAME<TAB>TEXT", the texts
// that the DNS would have; the answer is a line a file, a word a signature.
#include <iostream>
#include <map>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "mail/authentication/dkim.h"

namespace {

using namespace majlis;

constexpr std::size_t kMaxFileOctets = 16 << 20;

std::map<std::string, std::string> read_keys(std::string_view table) {
  std::map<std::string, std::string> keys;
  while (const auto line = next_line(table)) {
    const std::size_t tab = line->find('\t');
    if (tab != std::string_view::npos) keys[std::string(line->substr(0, tab))] = line->substr(tab + 1);
  }
  return keys;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const Result<std::string> table = read_file(argv[1], kMaxFileOctets);
  if (!table) return 1;
  const std::map<std::string, std::string> keys = read_keys(*table);
  const mail::KeyLookup lookup = [&](const std::string& name) {
    const auto found = keys.find(name);
    if (found == keys.end()) return mail::KeyAnswer{mail::KeyAnswer::Kind::none, {}};
    return mail::KeyAnswer{mail::KeyAnswer::Kind::found, {found->second}};
  };
  for (int i = 2; i < argc; ++i) {
    const Result<std::string> message = read_file(argv[i], kMaxFileOctets);
    if (!message) return 1;
    std::string words;
    for (const mail::DkimResult& result : mail::verify_dkim(mail::Message::open(*message), wall_clock_now(), lookup)) {
      words += (words.empty() ? "" : " ") + std::string(mail::word_for(result.fault));
    }
    std::cout << (words.empty() ? "unsigned" : words) << "\n";
  }
}
