// Makes the tables of mail/coding/charset_tables.h: asks iconv(3) of the machine that builds about every sequence of
// octets.
//
//     charset_tables > charset_tables.cc

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mail/coding/charset_names.h"

namespace {

constexpr std::uint16_t kFirstLink = 0xD800;
constexpr std::uint16_t kInvalid = 0xDFFF;
constexpr std::uint16_t kFourOctets = 0xDFFE;
constexpr std::size_t kMaxLinks = kFourOctets - kFirstLink;
constexpr std::size_t kMaxOctets = 3;        // longer ones are of EUC-TW and GB18030: left out, and counted
constexpr std::uint32_t kCounted = 189'000;  // of GB18030: what stands in front of the second plane

using Node = std::vector<std::uint16_t>;
using Characters = std::u32string;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "charset_tables: %s\n", why.c_str());
  std::exit(1);
}

class Converter {
 public:
  explicit Converter(const std::string& name) : handle_(iconv_open("UTF-32LE", name.c_str())) {
    if (handle_ == reinterpret_cast<iconv_t>(-1)) give_up("iconv(3) does not know " + name);
  }
  ~Converter() { iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  enum class Answer { characters, more, nothing };

  Answer ask(std::string octets, Characters& characters) {
    std::uint32_t buffer[8] = {};
    char* in = octets.data();
    std::size_t in_left = octets.size();
    char* out = reinterpret_cast<char*>(buffer);
    std::size_t out_left = sizeof buffer;
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    const bool failed = iconv(handle_, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    if (failed) return errno == EINVAL ? Answer::more : Answer::nothing;
    // Some hold a character back to see whether an accent follows.
    iconv(handle_, nullptr, nullptr, &out, &out_left);
    characters.assign(reinterpret_cast<const char32_t*>(buffer), (sizeof buffer - out_left) / sizeof *buffer);
    return characters.empty() || characters.size() > 2 ? Answer::nothing : Answer::characters;
  }

 private:
  iconv_t handle_;
};

class Charset {
 public:
  explicit Charset(const std::string& name) : name_(name), converter_(name) {
    add_node("");
    // Links to far characters stand behind those to nodes, whose number is known only now.
    for (Node& node : nodes_) {
      for (std::uint16_t& value : node) {
        if (far_links_.contains(&value)) value = link(nodes_.size() + far_links_[&value]);
      }
    }
  }

  void print() const {
    std::printf("constexpr CharsetNode k%sNodes[] = {\n", identifier().c_str());
    for (const Node& node : nodes_) {
      std::printf("{{");
      for (const std::uint16_t value : node) std::printf("%u,", value);
      std::printf("}},\n");
    }
    std::printf("};\n");
    std::printf("constexpr std::array<FarCharacter, %zu> k%sFar = {{", far_.size(), identifier().c_str());
    for (const Characters& each : far_) {
      std::printf("{%u,%u},", static_cast<unsigned>(each[0]), each.size() > 1 ? static_cast<unsigned>(each[1]) : 0U);
    }
    std::printf("}};\n");
  }
  void print_row() const {
    std::printf("    {\"%s\", k%sNodes, k%sFar},\n", name_.c_str(), identifier().c_str(), identifier().c_str());
  }

 private:
  std::uint16_t link(std::size_t number) const {
    if (number >= kMaxLinks) give_up(name_ + " has too many characters for a table");
    return static_cast<std::uint16_t>(kFirstLink + number);
  }

  std::string identifier() const {
    std::string word;
    for (const char c : name_) word += c == '-' ? '_' : c;
    return word;
  }

  // A link to the new node, or kInvalid when nothing goes on behind `prefix`.
  std::uint16_t add_node(const std::string& prefix) {
    const std::size_t number = nodes_.size();
    nodes_.emplace_back(256, kInvalid);
    for (unsigned octet = 0; octet < 256; ++octet) set(number, octet, prefix + static_cast<char>(octet));
    const Node& node = nodes_[number];
    const bool is_needed = std::any_of(node.begin(), node.end(), [&](const std::uint16_t& value) {
      return value != kInvalid || far_links_.contains(&value);
    });
    if (is_needed) return link(number);
    nodes_.pop_back();
    return kInvalid;
  }

  void set(std::size_t node, unsigned octet, const std::string& octets) {
    Characters characters;
    const Converter::Answer answer = converter_.ask(octets, characters);
    if (answer == Converter::Answer::nothing) return;
    if (answer == Converter::Answer::more) {
      if (name_ == "GB18030" && octets.size() == 2) {
        nodes_[node][octet] = kFourOctets;
      } else if (octets.size() < kMaxOctets) {
        nodes_[node][octet] = add_node(octets);
      }
      return;
    }
    if (characters.size() == 1 && characters[0] < 0x10000) {
      nodes_[node][octet] = static_cast<std::uint16_t>(characters[0]);
    } else {
      far_links_[&nodes_[node][octet]] = far_.size();
      far_.push_back(characters);
    }
  }

  std::string name_;
  Converter converter_;
  std::vector<Node> nodes_;
  std::vector<Characters> far_;
  std::map<const std::uint16_t*, std::size_t> far_links_;
};

std::string octets_of(std::uint32_t count) {
  return {static_cast<char>(0x81 + count / 12600), static_cast<char>(0x30 + count / 1260 % 10),
          static_cast<char>(0x81 + count / 10 % 126), static_cast<char>(0x30 + count % 10)};
}

void print_runs() {
  Converter converter("GB18030");
  std::printf("constexpr CountedRun kRuns[] = {\n");
  std::uint32_t begin = 0;
  std::uint32_t length = 0;
  std::uint32_t first = 0;
  for (std::uint32_t count = 0; count <= kCounted; ++count) {
    Characters characters;
    const bool is_one = count < kCounted &&
                        converter.ask(octets_of(count), characters) == Converter::Answer::characters &&
                        characters.size() == 1;
    if (is_one && length > 0 && characters[0] == first + length) {
      ++length;
      continue;
    }
    if (length > 0) std::printf("{%u,%u,%u},", begin, length, first);
    begin = count;
    length = is_one ? 1 : 0;
    first = is_one ? static_cast<std::uint32_t>(characters[0]) : 0;
  }
  std::printf("};\n");
}

}  // namespace

int main() {
  std::set<std::string> names;
  for (const majlis::mail::Charset& charset : majlis::mail::kCharsets) {
    const std::string name(charset.name);
    if (!name.starts_with("UTF-") && !name.starts_with("ISO-2022")) names.insert(name);
  }
  std::printf("#include \"mail/coding/charset_tables.h\"\n\nnamespace majlis::mail {\nnamespace {\n\n");
  std::vector<std::unique_ptr<Charset>> charsets;
  for (const std::string& name : names) charsets.push_back(std::make_unique<Charset>(name));
  for (const auto& charset : charsets) charset->print();
  print_runs();
  std::printf("constexpr CharsetTable kTables[] = {\n");
  for (const auto& charset : charsets) charset->print_row();
  std::printf("};\n\n}  // namespace\n\n");
  std::printf("std::span<const CharsetTable> charset_tables() { return kTables; }\n");
  std::printf("std::span<const CountedRun> gb18030_runs() { return kRuns; }\n\n}  // namespace majlis::mail\n");
  return 0;
}
