#include "lists/site/config/mailman_codec.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "foreign/python/literal.h"
#include "foreign/python/value.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"

namespace majlis::lists {
namespace {

using foreign::PythonStorage;
using foreign::PythonValue;

using KeptValues = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kKeptPrefix = "mailman-";
constexpr std::string_view kName = "real_name";  // which the list has anyhow

std::string kept_name_of(std::string_view attribute) { return std::string(kKeptPrefix).append(attribute); }

std::optional<PythonValue> value_of(std::string_view literal, PythonStorage& storage) {
  const Result<PythonValue> value = foreign::LiteralReader(literal, {}, storage).read();
  return value ? std::optional(*value) : std::nullopt;
}

template <typename Row>
const Row* find_row(std::span<const Row> rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

void apply_choice(const MailmanChoice& row, const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, static_cast<std::int64_t>(row.values.size()) - 1, target);
  if (number) target.set(row.setting, row.values[static_cast<std::size_t>(*number)]);
}

// What stands for a value that Mailman has no number for: "report" counts as "yes", "auto" as "open".
std::string write_choice(const MailmanChoice& row, const ListConfig& config) {
  std::string_view text = config.text(row.setting);
  if (text == "report") text = "yes";
  const bool asks = text.ends_with("+confirm");
  if (text.starts_with("auto")) text = asks ? "open+confirm" : "open";
  const auto find = [&](std::string_view word) { return std::find(row.values.begin(), row.values.end(), word); };
  auto found = find(text);
  if (found == row.values.end()) found = find(std::string(text) + "+confirm");
  return literal_of(found == row.values.end() ? std::int64_t{0} : found - row.values.begin());
}

void apply_number(const MailmanNumber& row, const PythonValue& value, MailmanTarget& target) {
  const SettingSpec& spec = spec_of(row.setting);
  const auto number = mailman_radio(value, 1'000'000'000, target);
  if (!number) return;
  const std::int64_t bounded = std::clamp(*number, spec.minimum, spec.maximum);
  if (bounded != *number) target.obey_as(std::to_string(*number), std::to_string(bounded));
  target.set(row.setting, std::to_string(bounded));
}

void apply_kept(const MailmanKept& row, const PythonValue& value, MailmanTarget& target) {
  const auto text = value.as_octets();
  const std::string literal = text && trim(*text).empty() ? "''" : foreign::write_literal(value);
  if (literal == row.harmless) {
    target.keep();
  } else {
    target.keep(fault(row.why));
  }
}

// Every attribute that is known, by name: the order in which they are applied and written.
struct Known {
  std::string_view name;
  const MailmanAttribute* attribute = nullptr;
  const MailmanChoice* choice = nullptr;
  const MailmanNumber* number = nullptr;
  const MailmanKept* kept = nullptr;

  void apply(const PythonValue& value, MailmanTarget& target) const {
    if (attribute != nullptr) return attribute->apply(value, target);
    if (choice != nullptr) return apply_choice(*choice, value, target);
    if (number != nullptr) return apply_number(*number, value, target);
    apply_kept(*kept, value, target);
  }
  // "": nothing to say.
  std::string write(const ListConfig& config) const {
    if (attribute != nullptr) return attribute->write(config);
    if (choice != nullptr) return write_choice(*choice, config);
    return number == nullptr ? std::string() : literal_of(config.integer(number->setting));
  }
};

const std::vector<Known>& all_known() {
  static const std::vector<Known> kKnown = [] {
    std::vector<Known> known;
    for (const auto& rows : {mailman_people(), mailman_senders(), mailman_content()}) {
      for (const MailmanAttribute& row : rows) known.push_back({.name = row.name, .attribute = &row});
    }
    for (const MailmanChoice& row : mailman_choices()) known.push_back({.name = row.name, .choice = &row});
    for (const MailmanNumber& row : mailman_numbers()) known.push_back({.name = row.name, .number = &row});
    for (const MailmanKept& row : mailman_kept()) known.push_back({.name = row.name, .kept = &row});
    return known;
  }();
  return kKnown;
}

const Known* find_known(std::string_view name) { return find_row(std::span<const Known>(all_known()), name); }

const std::string* kept_of(const ListConfig& config, std::string_view attribute) {
  const std::string name = kept_name_of(attribute);
  const auto& unknown = config.unknown();
  const auto found = std::find_if(unknown.begin(), unknown.end(), [&](const auto& each) { return each.first == name; });
  return found == unknown.end() ? nullptr : &found->second;
}

bool means_the_same(const ListConfig& a, const ListConfig& b) {
  const std::span<const SettingSpec> settings = all_settings();
  return std::all_of(settings.begin(), settings.end(),
                     [&](const SettingSpec& spec) { return a.text(spec.setting) == b.text(spec.setting); });
}

// Whether what was kept still says what is so.
bool says_so(const Known& known, const std::string& literal, const ListConfig& config) {
  PythonStorage storage;
  const auto value = value_of(literal, storage);
  if (!value) return false;
  ListConfig changed = config;
  MailmanTarget target(changed, nullptr);
  known.apply(*value, target);
  return !target.reading().fault && means_the_same(changed, config);
}

std::string literal_for(const Known& known, const ListConfig& config) {
  const std::string* kept = kept_of(config, known.name);
  return kept != nullptr && says_so(known, *kept, config) ? *kept : known.write(config);
}

// What is kept of a text, `now`, and what was kept before and is not said anew; what says what is so is not new.
KeptValues merged(const KeptValues& now, const KeptValues& before, const std::set<std::string>& said,
                  const std::set<std::string>& so) {
  KeptValues kept;
  for (const auto& each : now) {
    if (!so.contains(each.first)) kept.push_back(each);
  }
  for (const auto& each : before) {
    const bool is_new =
        std::any_of(now.begin(), now.end(), [&](const auto& other) { return other.first == each.first; });
    if (so.contains(each.first) || (!said.contains(each.first) && !is_new)) kept.push_back(each);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

class MailmanCodec : public Codec {
 public:
  std::span<const Setting> settings_of(std::string_view /*keyword*/) const override { return {}; }
  bool knows(std::string_view keyword) const override { return find_known(keyword) != nullptr; }
  bool shares_settings() const override { return true; }

  Reading read(std::string_view keyword, std::string_view literal) const override {
    PythonStorage storage;
    const auto value = value_of(literal, storage);
    if (!value) return Reading{.fault = fault_of(FaultId::python_not_read, literal)};
    ListConfig scratch;
    MailmanTarget target(scratch, nullptr);
    find_known(keyword)->apply(*value, target);
    return target.take_reading();
  }

  std::vector<Statement> write(const ListConfig& config, std::string_view list) const override {
    std::vector<Statement> statements = {{std::string(kName), literal_of(list)}};
    for (const Known& known : all_known()) {
      std::string literal = literal_for(known, config);
      if (!literal.empty()) statements.push_back({std::string(known.name), std::move(literal)});
    }
    for (const auto& [name, literal] : config.unknown()) {
      if (!name.starts_with(kKeptPrefix)) continue;
      const std::string attribute = name.substr(kKeptPrefix.size());
      if (find_known(attribute) == nullptr) statements.push_back({attribute, literal});
    }
    return statements;
  }

  std::string kept_name(std::string_view keyword) const override { return kept_name_of(keyword); }

  bool is_whole() const override { return false; }
  std::vector<Setting> complete(ListConfig& config, const std::vector<Statement>& said,
                                const ListConfig& before) const override {
    PythonStorage storage;
    MailmanSaid values;
    std::set<std::string> said_names;
    std::set<std::string> so;
    for (const Statement& statement : said) {
      if (const auto value = value_of(statement.value, storage)) values[statement.keyword] = *value;
      said_names.insert(kept_name_of(statement.keyword));
      if (literal_for(*find_known(statement.keyword), before) != statement.value) continue;
      so.insert(kept_name_of(statement.keyword));
    }
    ListConfig changed = before;
    changed.set_unknown(merged(config.unknown(), before.unknown(), said_names, so));
    for (const Known& known : all_known()) {
      const auto value = values.find(known.name);
      if (value == values.end() || so.contains(kept_name_of(known.name))) continue;
      MailmanTarget target(changed, &values);
      known.apply(value->second, target);
    }
    config = std::move(changed);
    return {};
  }
};

}  // namespace

const Codec& mailman_codec() {
  static const MailmanCodec kCodec;
  return kCodec;
}

}  // namespace majlis::lists
